package org.vidvec.model;

import java.nio.file.Path;
import java.util.List;
import org.vidvec.backbone.ReadoutPlan.Pooling;
import org.vidvec.media.Sampling;
import org.vidvec.prompt.PositionRule;
import org.vidvec.prompt.PromptStyle;

/**
 * How the authors of Qwen3-Embedding, Qwen3-Reranker, Qwen3-VL-Embedding and Qwen3-VL-Reranker use
 * them: prompts and numbers of their READMEs and released scripts.
 */
final class QwenRetrievalCards {

    private static final String JUDGE =
            "Judge whether the Document meets the requirements based on the Query and the Instruct"
                    + " provided. Note that the answer can only be \"yes\" or \"no\".";
    private static final String SEARCH =
            "Given a web search query, retrieve relevant passages that answer the query";
    private static final String REPRESENT = "Represent the user's input.";
    private static final Instructions NONE = every("");

    // Qwen3-VL-Embedding's and -Reranker's scripts: FPS, MAX_FRAMES, MAX_PIXELS
    private static final Sampling FRAMES = new Sampling.Spread(1, 4, 64);
    private static final long MAX_PIXELS = 1800 * 32 * 32;

    /** Qwen3-Embedding and Qwen3-Reranker, whose folders look alike. */
    static final ModelCard QWEN3 =
            text(
                    "Instruct: {instruction}\nQuery:{input}",
                    // the template's turn of an answer without thoughts
                    "<think>\n\n</think>\n\n");

    /** The same words for Qwen2, as embedders made of it (gte-Qwen2) use them. */
    static final ModelCard QWEN2 = text("Instruct: {instruction}\nQuery: {input}", "");

    /** Qwen3-VL-Embedding: the instruction is the system message. */
    static final ModelCard EMBEDDING =
            card(
                    PromptStyle.CHAT_END,
                    every(REPRESENT),
                    every(REPRESENT),
                    ModelCard.ONE_WORD.match(),
                    new PromptFrame("{instruction}", null));

    /** Qwen3-VL-Reranker: P(yes) against P(no), the query before the candidate. */
    static final ModelCard RERANKER =
            card(
                    PromptStyle.CHAT,
                    ModelCard.ONE_WORD.query(),
                    ModelCard.ONE_WORD.document(),
                    judge(
                            "<Instruct>: Given a search query, retrieve relevant candidates that"
                                    + " answer the query.<Query>:{query}\n<Document>:{candidate}",
                            ""),
                    PromptFrame.NONE);

    private QwenRetrievalCards() {}

    /** The card of a Qwen3-VL folder, by what it was released as. */
    static ModelCard of(Path folder) {
        return switch (ReleasedUse.of(folder)) {
            case EMBEDDING -> EMBEDDING;
            case RERANKER -> RERANKER;
            case ANY -> ModelCard.ONE_WORD;
        };
    }

    private static ModelCard text(String user, String answer) {
        return card(
                PromptStyle.PLAIN,
                every(SEARCH),
                NONE,
                judge(
                        "<Instruct>: " + SEARCH + "\n<Query>: {query}\n<Document>: {candidate}",
                        answer),
                new PromptFrame(null, user));
    }

    private static ModelCard card(
            PromptStyle style,
            Instructions query,
            Instructions document,
            MatchQuestion match,
            PromptFrame frame) {
        return new ModelCard(
                0,
                Pooling.LAST,
                style,
                query,
                document,
                match,
                FRAMES,
                MAX_PIXELS,
                PositionRule.CLASSIC,
                null,
                false,
                "",
                "",
                frame,
                ProcessorChoices.NONE,
                null,
                null,
                ModelUse.NONE);
    }

    private static MatchQuestion judge(String question, String answer) {
        return new MatchQuestion(question, question, List.of("yes"), List.of("no"), JUDGE, answer);
    }

    private static Instructions every(String words) {
        return new Instructions(words, words, words, words, words);
    }
}
