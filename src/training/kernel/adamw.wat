;; The arithmetic of the optimiser, on four floats at a time. Compiled by scripts/buildKernel.ts.
;; All places are byte offsets into the imported memory; counts are in floats, multiples of 4.
(module
  (memory (import "env" "memory") 1 65536)

  ;; AdamW (Loshchilov & Hutter 2017, arXiv:1711.05101), as PyTorch computes it:
  ;;   g = gradient * gradient_scale
  ;;   m = beta1 m + (1 - beta1) g
  ;;   v = beta2 v + (1 - beta2) g g
  ;;   w = keep w - rate m / (sqrt(v) root_scale + epsilon)
  ;; keep = 1 - learning rate * weight decay, rate = learning rate / (1 - beta1^t),
  ;; root_scale = 1 / sqrt(1 - beta2^t).
  (func (export "adamw")
    (param $weight i32) (param $gradient i32) (param $mean i32) (param $square i32) (param $count i32)
    (param $beta1 f32) (param $beta2 f32) (param $epsilon f32)
    (param $keep f32) (param $rate f32) (param $root_scale f32) (param $gradient_scale f32)
    (local $end i32) (local $g v128) (local $m v128) (local $v v128)
    (local $beta1s v128) (local $rest1s v128) (local $beta2s v128) (local $rest2s v128)
    (local $epsilons v128) (local $keeps v128) (local $rates v128) (local $root_scales v128)
    (local $gradient_scales v128)
    (local.set $beta1s (f32x4.splat (local.get $beta1)))
    (local.set $rest1s (f32x4.splat (f32.sub (f32.const 1) (local.get $beta1))))
    (local.set $beta2s (f32x4.splat (local.get $beta2)))
    (local.set $rest2s (f32x4.splat (f32.sub (f32.const 1) (local.get $beta2))))
    (local.set $epsilons (f32x4.splat (local.get $epsilon)))
    (local.set $keeps (f32x4.splat (local.get $keep)))
    (local.set $rates (f32x4.splat (local.get $rate)))
    (local.set $root_scales (f32x4.splat (local.get $root_scale)))
    (local.set $gradient_scales (f32x4.splat (local.get $gradient_scale)))
    (local.set $end (i32.add (local.get $weight) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $weight) (local.get $end)))
        (local.set $g
          (f32x4.mul (v128.load (local.get $gradient)) (local.get $gradient_scales)))
        (local.set $m
          (f32x4.add
            (f32x4.mul (local.get $beta1s) (v128.load (local.get $mean)))
            (f32x4.mul (local.get $rest1s) (local.get $g))))
        (local.set $v
          (f32x4.add
            (f32x4.mul (local.get $beta2s) (v128.load (local.get $square)))
            (f32x4.mul (local.get $rest2s) (f32x4.mul (local.get $g) (local.get $g)))))
        (v128.store (local.get $mean) (local.get $m))
        (v128.store (local.get $square) (local.get $v))
        (v128.store (local.get $weight)
          (f32x4.sub
            (f32x4.mul (local.get $keeps) (v128.load (local.get $weight)))
            (f32x4.div
              (f32x4.mul (local.get $rates) (local.get $m))
              (f32x4.add
                (f32x4.mul (f32x4.sqrt (local.get $v)) (local.get $root_scales))
                (local.get $epsilons)))))
        (local.set $weight (i32.add (local.get $weight) (i32.const 16)))
        (local.set $gradient (i32.add (local.get $gradient) (i32.const 16)))
        (local.set $mean (i32.add (local.get $mean) (i32.const 16)))
        (local.set $square (i32.add (local.get $square) (i32.const 16)))
        (br $next))))

  ;; Sum of squares, added up in double precision.
  (func (export "squaredNorm") (param $place i32) (param $count i32) (result f64)
    (local $end i32) (local $x v128) (local $low v128) (local $high v128)
    (local.set $end (i32.add (local.get $place) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $place) (local.get $end)))
        (local.set $x (v128.load (local.get $place)))
        (local.set $x (f32x4.mul (local.get $x) (local.get $x)))
        (local.set $low (f64x2.add (local.get $low) (f64x2.promote_low_f32x4 (local.get $x))))
        (local.set $high
          (f64x2.add
            (local.get $high)
            (f64x2.promote_low_f32x4
              (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $x) (local.get $x)))))
        (local.set $place (i32.add (local.get $place) (i32.const 16)))
        (br $next)))
    (local.set $low (f64x2.add (local.get $low) (local.get $high)))
    (f64.add (f64x2.extract_lane 0 (local.get $low)) (f64x2.extract_lane 1 (local.get $low)))))
