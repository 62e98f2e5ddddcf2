package org.vidvec.model;

/**
 * What a model is told to write about contents: {@code generate} in a card.
 *
 * @param caption words for a caption; {@code {type}} is {@code video}, {@code image} or {@code
 *     text}
 * @param ask words for an answer, with {@code {question}}
 * @param maxNewTokens most tokens of a text
 */
public record GenerateCard(String caption, String ask, int maxNewTokens) {

    static final String QUESTION = "{question}";

    /** ViLL-E App. J's words for captions, and the question as it stands. */
    public static final GenerateCard DEFAULT =
            new GenerateCard("Describe this {type}.", QUESTION, 128);

    /** PaliGemma's task prefix before a question. */
    static final GenerateCard PALI_GEMMA =
            new GenerateCard(DEFAULT.caption, "answer en " + QUESTION, 128);

    /**
     * @throws IllegalArgumentException if there is no place for the question
     */
    public GenerateCard {
        if (ask.contains(QUESTION) == false) {
            throw new IllegalArgumentException(
                    "[generate.ask] must hold [{question}]; this does not: [" + ask + "]");
        }
    }

    static GenerateCard read(CardJson json, GenerateCard otherwise) {
        if (json == null) {
            return otherwise;
        }
        GenerateCard read =
                new GenerateCard(
                        json.string("caption", otherwise.caption),
                        json.string("ask", otherwise.ask),
                        json.count("max_new_tokens", otherwise.maxNewTokens));
        json.finish();
        return read;
    }

    /** The words after the contents. */
    String words(Writer.Task task) {
        if (task.question() != null) {
            return ask.replace(QUESTION, task.question());
        }
        boolean video = task.about().stream().anyMatch(c -> c instanceof Content.Video);
        boolean image = task.about().stream().anyMatch(c -> c instanceof Content.Image);
        return caption.replace(MatchQuestion.TYPE, video ? "video" : image ? "image" : "text");
    }
}
