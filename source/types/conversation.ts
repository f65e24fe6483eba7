import {type ChatMessage, type GenerationStatistics, type SamplingSettings} from './generation.js';

export type ConversationMessage = ChatMessage & {
	/**
	What gave the answer; missing on questions and on answers kept by older versions, which are those of the chat's model.
	*/
	readonly modelId?: string;
	/**
	Present on answers.
	*/
	readonly statistics?: GenerationStatistics;
	/**
	The answer was stopped before its end.
	*/
	readonly stopped?: boolean;
};

/**
A chat as kept on disk.
*/
export type Conversation = {
	readonly id: string;
	/**
	The first question, cut to one line.
	*/
	readonly title: string;
	readonly modelId: string;
	readonly systemPrompt: string;
	readonly sampling: SamplingSettings;
	/**
	Name of the configuration template that its model is loaded by; empty or missing for none.
	*/
	readonly template?: string;
	/**
	User and assistant messages only.
	*/
	readonly messages: readonly ConversationMessage[];
	readonly createdAt: string;
	readonly updatedAt: string;
};
