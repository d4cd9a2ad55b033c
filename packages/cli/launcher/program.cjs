// Apart from the launcher, for Node before 13 cannot even parse import().
import('./node_modules/@docket/cli/bin/docket.js').catch(function (error) {
  console.error(error);
  process.exitCode = 1;
});
