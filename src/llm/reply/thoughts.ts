const tag = /<(\/?)think(?:ing)?>|\[(\/?)think\]/gi;

/**
 * A reply without what a reasoning model wrote before its answer. If its chat template wrote the opening tag, the
 * reply has only the closing one. If the closing tag is missing, the model never reached an answer.
 */
export function withoutThoughts(reply: string): string {
  // A plain search is much faster than the pattern.
  if (!reply.includes('hink') && !reply.includes('HINK')) return reply;
  let answer = '';
  let from = 0;
  let isThinking = false;
  for (const { 0: whole, 1: ofAngle, 2: ofSquare, index } of reply.matchAll(tag)) {
    if ((ofAngle ?? ofSquare) === '/') {
      if (!isThinking) answer = '';
      isThinking = false;
      from = index + whole.length;
    } else if (!isThinking) {
      answer += reply.slice(from, index);
      isThinking = true;
    }
  }
  return isThinking ? answer : answer + reply.slice(from);
}
