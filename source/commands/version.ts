import packageJson from '../../package.json' with {type: 'json'};

/**
The version of Remuda; the bundler puts it in.
*/
export const {version} = packageJson;
