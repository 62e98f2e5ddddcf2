package org.vidvec.model;

/**
 * Where a card's prompts put the instruction, if not where the prompt style does. Null for the
 * style's own way.
 *
 * @param system the system message of a chat, in place of the template's; what {@code
 *     {instruction}} stands for in it is not said again (Qwen3-VL-Embedding)
 * @param user what the user says where there is an instruction: {@code {instruction}}, and the
 *     input's parts for {@code {input}} (Qwen3-Embedding)
 */
public record PromptFrame(String system, String user) {

    /** Stands for the instruction. */
    static final String INSTRUCTION = "{instruction}";

    /** Stands for the parts of the input. */
    static final String INPUT = "{input}";

    /** As the prompt style has it. */
    public static final PromptFrame NONE = new PromptFrame(null, null);

    /**
     * @throws IllegalArgumentException if the user's words have no place for the input
     */
    public PromptFrame {
        if (user != null && user.contains(INPUT) == false) {
            throw new IllegalArgumentException(
                    "[prompt.user] must hold [{input}]; this does not: [" + user + "]");
        }
    }

    /** Whether the system message says the instruction. */
    boolean instructsInSystem() {
        return system != null && system.contains(INSTRUCTION);
    }

    /** The system message; the instruction in it ends like a sentence, as in the released code. */
    String system(String instruction) {
        return system.replace(INSTRUCTION, sentence(instruction.strip()));
    }

    private static String sentence(String words) {
        return words.isEmpty() || isPunctuation(words.codePointBefore(words.length()))
                ? words
                : words + ".";
    }

    private static boolean isPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            default -> false;
        };
    }

    static PromptFrame read(CardJson json, PromptFrame otherwise) {
        if (json == null) {
            return otherwise;
        }
        PromptFrame read =
                new PromptFrame(
                        json.string("system", otherwise.system),
                        json.string("user", otherwise.user));
        json.finish();
        return read;
    }
}
