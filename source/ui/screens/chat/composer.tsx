import {Box, Text} from 'ink';
import {composerMark, type selectComposerRows} from '../../../state/selectors/chat-layout.js';
import {Cursor} from '../../components/cursor.js';
import {theme} from '../../theme.js';

export type ComposerProps = {
	readonly rows: ReturnType<typeof selectComposerRows>;
	readonly isEmpty: boolean;
	readonly isFocused: boolean;
};

/**
The line one writes in; it grows with what is written.
*/
export function Composer({rows, isEmpty, isFocused}: ComposerProps) {
	return (
		<Box flexDirection='column' height={rows.length} flexShrink={0}>
			{rows.map(({before, cursor, after, isFirst}, index) => (
				<Text key={index} wrap='truncate'>
					<Text bold={isFocused} color={isFocused ? theme.accent : theme.muted}>{isFirst ? composerMark : ' '.repeat(composerMark.length)}</Text>
					{before}
					{cursor === undefined ? null : (isFocused ? <Cursor under={cursor}/> : cursor)}
					{after}
					{isEmpty ? <Text color={theme.muted}>{isFocused ? 'Ask something' : 'i to write'}</Text> : null}
				</Text>
			))}
		</Box>
	);
}
