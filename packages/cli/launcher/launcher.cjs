// Starts Docket from an unpacked bundle, after it has seen that this machine is one that the bundle was made for and that no
// file is damaged. In the JavaScript of 2009, so that any Node can say what is wrong. docs/air-gapped.md tells its story.
'use strict';

var crypto = require('crypto');
var fs = require('fs');
var path = require('path');

var STAMP = '.checked.json';
var MANIFEST = 'manifest.json';
var MOST_SHOWN = 10;
var UNPACK_AGAIN = 'unpack it again, from an archive whose SHA-256 is the one that docket bundle printed';

var folder = __dirname;

main();

function main() {
  var isVerify = process.argv[2] === 'verify' && process.argv.length === 3;
  var manifest = readManifest();
  var misfits = nodeMisfits(manifest);
  if (misfits.length > 0) refuseMachine(misfits);
  if (isVerify || !isAsChecked(manifest)) {
    checkAll(manifest);
    writeStamp(manifest);
  }
  if (isVerify) return verified(manifest);
  process.env.DOCKET_BUNDLE = folder;
  require('./program.cjs');
}

function readManifest() {
  var text;
  var manifest;
  try {
    text = fs.readFileSync(path.join(folder, MANIFEST), 'utf8');
    manifest = JSON.parse(text);
  } catch (error) {
    refuse(MANIFEST + ' cannot be read (' + error.message + '): ' + UNPACK_AGAIN);
  }
  // It holds the hash of itself without the hash.
  if (sha256(text.replace(manifest.sha256, '')) !== manifest.sha256) {
    refuse(MANIFEST + ' was changed or is damaged: ' + UNPACK_AGAIN);
  }
  if (manifest.format !== 1) {
    refuse(MANIFEST + ' has the format ' + manifest.format + ', which this launcher does not know');
  }
  return manifest;
}

/** What of Node and the processor does not fit. */
function nodeMisfits(manifest) {
  var misfits = [];
  if (process.platform !== manifest.platform || process.arch !== manifest.arch) {
    var here = process.platform + ' ' + process.arch;
    misfits.push('system: ' + manifest.platform + ' ' + manifest.arch + ' is needed, this is ' + here);
  }
  var isFit =
    process.versions.modules === manifest.node.abi && compare(process.versions.node, manifest.node.oldest) >= 0;
  if (!isFit) {
    var wanted = manifest.node.range + ' (ABI ' + manifest.node.abi + ') is needed';
    var found = process.versions.node + ' (ABI ' + process.versions.modules + '), ' + process.execPath;
    misfits.push('Node: ' + wanted + ', this is ' + found);
  }
  return misfits;
}

/** What of the system's libraries does not fit. */
function libraryMisfits(manifest, system) {
  var libc = manifest.libc;
  if (!libc) return [];
  if (libc.name !== system.libc) {
    return ['C library: ' + libc.name + ' is needed, this is ' + (system.libc || 'another one')];
  }
  var misfits = [];
  if (libc.oldest && compare(system.glibc, libc.oldest) < 0) {
    misfits.push('C library: glibc ' + libc.oldest + ' or newer is needed, this is ' + system.glibc);
  }
  if (manifest.libstdcxx && system.libstdcxx && compare(system.libstdcxx, manifest.libstdcxx) < 0) {
    var which = system.libstdcxx + ' (' + system.libstdcxxFile + ')';
    misfits.push('libstdc++: GLIBCXX ' + manifest.libstdcxx + ' or newer is needed, this has ' + which);
  }
  return misfits;
}

/** Asks Node for its libraries; it takes some 15 ms, so that it is not done at every start. */
function examineSystem(manifest) {
  var system = { libc: '', glibc: '', libstdcxx: '', libstdcxxFile: '', files: [] };
  if (!manifest.libc) return system;
  process.report.excludeNetwork = true;
  var report = process.report.getReport();
  if (typeof report === 'string') report = JSON.parse(report);
  system.glibc = report.header.glibcVersionRuntime || '';
  if (system.glibc) system.libc = 'glibc';
  report.sharedObjects.forEach(function (file) {
    if (/(?:^|\/)(?:libc\.musl-|ld-musl-)/.test(file)) system.libc = 'musl';
    if (/\/libstdc\+\+\.so/.test(file)) system.libstdcxxFile = file;
    if (/\/(?:libc\.so|libc\.musl-|ld-musl-|libstdc\+\+\.so)/.test(file)) system.files.push(file);
  });
  if (system.libstdcxxFile) system.libstdcxx = newestSymbols(system.libstdcxxFile);
  return system;
}

function newestSymbols(file) {
  try {
    var found = fs.readFileSync(file, 'latin1').match(/GLIBCXX_3(?:\.\d+)+/g) || [];
    var versions = found.map(function (name) {
      return name.slice('GLIBCXX_'.length);
    });
    return versions.sort(compare).pop() || '';
  } catch (_error) {
    return '';
  }
}

/** Whether nothing has changed since everything was checked, by sizes and times. */
function isAsChecked(manifest) {
  try {
    var stamp = JSON.parse(fs.readFileSync(path.join(folder, STAMP), 'utf8'));
    if (stamp.manifest !== manifest.sha256 || stamp.node !== nodeIdentity()) return false;
    return stamp.libraries === identityOf(stamp.files) && stamp.tree === treeIdentity(manifest);
  } catch (_error) {
    return false;
  }
}

/** Where the folder may not be written to, everything is checked at every start. */
function writeStamp(manifest) {
  var files = examineSystem(manifest).files;
  var stamp = {
    manifest: manifest.sha256,
    node: nodeIdentity(),
    files: files,
    libraries: identityOf(files),
    tree: treeIdentity(manifest)
  };
  var target = path.join(folder, STAMP);
  var temporary = target + '.' + process.pid;
  try {
    fs.writeFileSync(temporary, JSON.stringify(stamp) + '\n');
    fs.renameSync(temporary, target);
  } catch (_error) {
    try {
      fs.unlinkSync(temporary);
    } catch (_absent) {
      // It was never written.
    }
  }
}

function nodeIdentity() {
  return process.version + ' ' + process.execPath;
}

function treeIdentity(manifest) {
  return identityOf(
    manifest.files.map(function (file) {
      return folder + '/' + file.path;
    })
  );
}

/** Thousands of files at every start: no Date is made, and no path is joined. */
function identityOf(files) {
  var text = '';
  files.forEach(function (file) {
    var status = fs.statSync(file);
    text += file + ' ' + status.size + ' ' + status.mtimeMs + ' ' + status.ctimeMs + '\n';
  });
  return sha256(text);
}

/** Reads every file. */
function checkAll(manifest) {
  var misfits = libraryMisfits(manifest, examineSystem(manifest));
  if (misfits.length > 0) refuseMachine(misfits);
  var faults = [];
  manifest.files.forEach(function (file) {
    var fault = faultOf(file);
    if (fault) faults.push(fault + ': ' + file.path);
  });
  if (faults.length === 0) return;
  var shown = faults.slice(0, MOST_SHOWN);
  if (faults.length > MOST_SHOWN) shown.push('and ' + (faults.length - MOST_SHOWN) + ' more');
  refuse('files of this bundle are not what its manifest says:\n  ' + shown.join('\n  ') + '\n' + UNPACK_AGAIN);
}

function faultOf(file) {
  var content;
  try {
    content = hashOfFile(path.join(folder, file.path));
  } catch (error) {
    return error.code === 'ENOENT' ? 'missing' : 'cannot be read (' + error.code + ')';
  }
  return content.bytes === file.bytes && content.sha256 === file.sha256 ? '' : 'damaged';
}

/** Piece by piece: models are large. */
function hashOfFile(file) {
  var hash = crypto.createHash('sha256');
  var piece = Buffer.allocUnsafe(1024 * 1024);
  var handle = fs.openSync(file, 'r');
  var bytes = 0;
  try {
    for (var read = 1; read > 0; bytes += read) {
      read = fs.readSync(handle, piece, 0, piece.length, null);
      hash.update(piece.slice(0, read));
    }
  } finally {
    fs.closeSync(handle);
  }
  return { bytes: bytes, sha256: hash.digest('hex') };
}

function verified(manifest) {
  var listed = Object.create(null);
  manifest.files.forEach(function (file) {
    listed[file.path] = true;
  });
  var extra = filesBelow('').filter(function (file) {
    return file !== MANIFEST && file.indexOf(STAMP) !== 0 && !listed[file];
  });
  if (extra.length > 0) {
    var shown = extra.slice(0, MOST_SHOWN).join('\n  ');
    refuse(
      extra.length +
        ' files do not belong to this bundle:\n  ' +
        shown +
        '\nremove them, or unpack into an empty folder'
    );
  }
  console.log('ok  docket ' + manifest.docket + ', ' + manifest.files.length + ' files are what the manifest says');
}

function filesBelow(below) {
  var files = [];
  fs.readdirSync(path.join(folder, below)).forEach(function (name) {
    var one = below === '' ? name : below + '/' + name;
    if (fs.lstatSync(path.join(folder, one)).isDirectory()) files = files.concat(filesBelow(one));
    else files.push(one);
  });
  return files;
}

function refuseMachine(misfits) {
  var todo =
    'make a bundle on a machine like this one, or run it with the Node that it needs (DOCKET_NODE=/path/to/node)';
  refuse('this bundle is not for this machine:\n  ' + misfits.join('\n  ') + '\n' + todo);
}

function refuse(message) {
  // At once, and before anything else can be loaded.
  fs.writeSync(2, 'docket: ' + message + '\n');
  process.exit(2);
}

function sha256(text) {
  return crypto.createHash('sha256').update(text).digest('hex');
}

/** Compares versions such as 2.36 and 2.4. */
function compare(one, other) {
  var left = String(one).split('.');
  var right = String(other).split('.');
  for (var index = 0; index < Math.max(left.length, right.length); index++) {
    var difference = (parseInt(left[index], 10) || 0) - (parseInt(right[index], 10) || 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
