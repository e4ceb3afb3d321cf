'use strict';
const vscode = require('vscode');

const templates = ['Write well. {{types}} {{reply}}', 'Write better. {{types}} {{reply}}'].map(
  (system, at) => ({
    idea: `idea ${at + 1}`,
    system,
    request: 'Write {{texts}} texts.\nStyle: {{style}}\n{{entityFree}} without.\n{{seeds}}',
  }),
);
const names = 'ba ko du li me ra to su vi ne pa go fi lu sha zen tor mil dax rub'.split(' ');
let written = 0;

function write(prompt) {
  if (prompt.startsWith('You design prompts')) return JSON.stringify({ templates });
  const texts = Array.from({ length: 10 }, () => {
    const [a, b, c] = [written % 20, Math.floor(written / 20) % 20, Math.floor(written / 400)].map(
      (at) => names[at],
    );
    written++;
    return {
      text: `The ${a} ${b} ward ${c}${a} saw <Disease>${a}${b}${c}itis</Disease> ${b}${c} and ${c}${b} after ${b}${a}.`,
    };
  });
  return JSON.stringify({ texts });
}

/** Answers about given texts: the diseases in them, or whether the pair of a numbered one is related. */
function read(given) {
  if (!given.startsWith('{')) {
    const answers = given.split('\n').map((line, position) => ({
      number: position + 1,
      relation: line.includes('causes') ? 'association' : 'none',
    }));
    return JSON.stringify({ answers });
  }
  const texts = JSON.parse(given).texts.map(({ text }) => ({
    text: text.replaceAll(/\b(?:anaemia|gout)\b/g, '<Disease>$&</Disease>'),
  }));
  return JSON.stringify({ texts });
}

/** What each model does when it is asked. */
const models = {
  writer: async (prompt, report) => {
    const text = write(prompt);
    report(text.slice(0, 20));
    report(text.slice(20));
  },
  reader: async (_prompt, report, _token, given) => report(read(given)),
  forbidden: async () => {
    throw vscode.LanguageModelError.NoPermissions('secret words of the prompt');
  },
  'used-up': async () => {
    throw vscode.LanguageModelError.Blocked('secret words of the prompt');
  },
  gone: async () => {
    throw vscode.LanguageModelError.NotFound('secret words of the prompt');
  },
  broken: async () => {
    throw new Error('secret words of the prompt');
  },
  speechless: async () => undefined,
  small: async (prompt, report) => report(write(prompt)),
  slow: (_, __, token) =>
    new Promise((_resolve, reject) => {
      token.onCancellationRequested(() => reject(new vscode.CancellationError()));
    }),
};

const information = Object.keys(models).map((id) => ({
  id,
  name: `The ${id} one`,
  family: id,
  version: '1',
  maxInputTokens: id === 'small' ? 3 : 100_000,
  maxOutputTokens: 10_000,
  capabilities: {},
  isUserSelectable: true,
}));

exports.activate = (context) => {
  const provider = {
    provideLanguageModelChatInformation: async () => information,
    async provideLanguageModelChatResponse(model, messages, _options, progress, token) {
      const texts = messages.map(({ content }) => content.map((part) => part.value ?? '').join(''));
      await models[model.id](
        texts[0],
        (text) => progress.report(new vscode.LanguageModelTextPart(text)),
        token,
        texts.at(-1),
      );
    },
    provideTokenCount: async (_model, text) => {
      const words = typeof text === 'string' ? text : text.content.map((part) => part.value ?? '').join(' ');
      return words.split(/\s+/).length;
    },
  };
  context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider('chartmark-tests', provider));
};
