const tag = /<(\/?)think(?:ing)?>|\[(\/?)think\]/gi;

/**
 * A reply without what a reasoning model thought before it answered. Its chat template may have written the
 * opening tag, so that the reply has the closing one alone; without a closing one it never came to an answer.
 */
export function withoutThoughts(reply: string): string {
  // Searched for as it is, this takes no time.
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
