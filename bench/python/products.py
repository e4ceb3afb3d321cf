"""Matrix products of a training step on one core, PyTorch beside ONNX Runtime, in GFLOP a second:

    pip install torch onnx onnxruntime
    OMP_NUM_THREADS=1 python bench/python/products.py

They are three quarters of PyTorch's step, so the ratio of a step is above all that of the two libraries' products on
the processor at hand. Processor time is measured, the best of some repetitions: other programs hardly matter.
"""

import time

import onnxruntime
import torch
from onnx import TensorProto, helper

# Rows are the tokens of a batch: 16x64 of MiniLM, 8x64 of BERT-base.
SHAPES = {
    "MiniLM, into the wide layer": (1024, 384, 1536),
    "MiniLM, out of it": (1024, 1536, 384),
    "MiniLM, attention": (1024, 384, 384),
    "BERT-base, into the wide layer": (512, 768, 3072),
    "BERT-base, out of it": (512, 3072, 768),
}
REPETITIONS = 20
CALLS = 5


def speed(product, rows, inner, columns):
    """GFLOP a second."""
    best = float("inf")
    for _ in range(REPETITIONS):
        started = time.process_time()
        for _ in range(CALLS):
            product()
        best = min(best, (time.process_time() - started) / CALLS)
    return 2 * rows * inner * columns / best / 1e9


def gemm(left, right):
    """`left rightᵀ` as our graphs compute a dense layer."""
    shapes = {"left": left.shape, "right": right.shape}
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()]
    output = helper.make_tensor_value_info("product", TensorProto.FLOAT, [left.shape[0], right.shape[0]])
    node = helper.make_node("Gemm", list(shapes), ["product"], transB=1)
    graph = helper.make_graph([node], "gemm", inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    feeds = {"left": left.numpy(), "right": right.numpy()}
    return lambda: session.run(None, feeds)


torch.set_num_threads(1)
print(f"PyTorch {torch.__version__} ({torch.backends.cpu.get_cpu_capability()}), ONNX Runtime {onnxruntime.__version__}\n")
print("| product | rows, inner, columns | PyTorch | ONNX Runtime |")
print("|---|---|---|---|")
for name, (rows, inner, columns) in SHAPES.items():
    left, right = torch.randn(rows, inner), torch.randn(columns, inner)
    theirs = speed(lambda: torch.nn.functional.linear(left, right), rows, inner, columns)
    ours = speed(gemm(left, right), rows, inner, columns)
    print(f"| {name} | {rows}, {inner}, {columns} | {theirs:.0f} | {ours:.0f} |")
