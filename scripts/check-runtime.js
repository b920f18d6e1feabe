// Plain JavaScript that an old Node can read, so that it can say what is wrong.
const needed = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major < needed) {
  process.stderr.write(
    `This is Node ${process.versions.node}, and the program needs Node ${needed} or later.\n` +
      'Run it through its npm scripts, such as "npm start": they use the Node that "npm ci" brings along.\n' +
      `There is none for every platform. If this came from an npm script, install Node ${needed} or later ` +
      `on this machine (${process.platform}-${process.arch}).\n`,
  );
  process.exitCode = 1;
}
