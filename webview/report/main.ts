import { host } from './host.ts';
import { page } from './page.ts';

host.listen(({ report, file }) => {
  host.keep({ file });
  document.title = report.title;
  document.querySelector('#root')?.replaceChildren(page(report));
});
