import { connect } from '../vscodeApi.ts';
import { trainingPage } from './page.ts';
import type { TrainingProtocol } from './protocol.ts';

const host = connect<TrainingProtocol>({});
const page = trainingPage((action) => host.post({ type: 'act', action }));

host.listen((training) => {
  const { root } = page;
  // Curves are as wide as their place, which they have once they are in the page.
  if (!root.isConnected) document.querySelector('#root')?.replaceChildren(root);
  document.title = training.title;
  page.show(training);
});
