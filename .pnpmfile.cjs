// The API page needs nothing of @scalar/api-reference but its bundled browser script: leave its dependency tree out.
module.exports = {
  hooks: {
    readPackage: (manifest) => {
      if (manifest.name === '@scalar/api-reference') manifest.dependencies = {};
      return manifest;
    },
  },
};
