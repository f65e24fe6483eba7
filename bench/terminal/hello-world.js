// The smallest Ink program, from loose modules: what the start of Remuda is compared with.
import {createElement} from 'react';
import {render, Text} from 'ink';

render(createElement(Text, null, 'Hello, world'), {alternateScreen: true});
setInterval(() => undefined, 1000);
