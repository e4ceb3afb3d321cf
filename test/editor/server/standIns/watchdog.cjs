// In place of @vscode/native-watchdog, which needs a compiler: the tests end their servers themselves.
exports.start = () => {};
