import { host } from './host.ts';
import { reviewPage } from './page.ts';

host.listen((run) => {
  const page = reviewPage(run);
  document.title = run.title;
  document.querySelector('#root')?.replaceChildren(page.root);
  page.begin();
});
