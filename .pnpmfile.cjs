module.exports = {
  hooks: {
    readPackage: (manifest) => {
      // The API page needs nothing of @scalar/api-reference but its bundled browser script: leave its dependency tree out.
      if (manifest.name === '@scalar/api-reference') manifest.dependencies = {};
      // It writes types by the programming interface that TypeScript 7 no longer has.
      if (manifest.name === 'openapi-typescript') {
        manifest.dependencies.typescript = '5.9.3';
        delete manifest.peerDependencies;
      }
      return manifest;
    },
  },
};
