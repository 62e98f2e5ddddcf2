package org.vidvec.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidvec.prompt.PromptPart;

/** Contents, role and instruction to the parts of a prompt, as the model card says. */
final class PromptComposer {

    private static final Pattern MARKS =
            Pattern.compile(
                    Pattern.quote(MatchQuestion.QUERY)
                            + "|"
                            + Pattern.quote(MatchQuestion.CANDIDATE));

    private final ModelCard card;

    PromptComposer(ModelCard card) {
        this.card = card;
    }

    /**
     * The prompt of an embedding.
     *
     * <p>Plain: pictures, instruction and texts with a space between (VLM2Vec-V2,
     * process_input_text). Chat: the parts in their order, then the instruction; a line break
     * between two texts. Embedding tokens: pictures, instruction, the token, texts (ViLL-E §5.1).
     */
    List<PromptPart> embed(EmbedInput input) {
        Instructions own = card.instructions(input.role());
        String instruction =
                input.instruction() == null ? own.of(input.parts()) : input.instruction();
        if (card.frame().user() != null && instruction.isEmpty() == false) {
            return framed(input.parts(), instruction);
        }
        return switch (card.style()) {
            case PLAIN -> plain(input.parts(), instruction);
            case CHAT, CHAT_END -> chatWithSystem(input.parts(), instruction);
            case EMBED_TOKENS -> embedTokens(input.parts(), instruction);
        };
    }

    private List<PromptPart> framed(List<Content> contents, String instruction) {
        String user = card.frame().user();
        int at = user.indexOf(PromptFrame.INPUT);
        String after = user.substring(at + PromptFrame.INPUT.length());
        List<PromptPart> parts = new ArrayList<>();
        addText(parts, user.substring(0, at).replace(PromptFrame.INSTRUCTION, instruction));
        parts.addAll(chat(contents, ""));
        addText(parts, after.replace(PromptFrame.INSTRUCTION, instruction));
        return parts;
    }

    private List<PromptPart> chatWithSystem(List<Content> contents, String instruction) {
        PromptFrame frame = card.frame();
        List<PromptPart> parts = new ArrayList<>();
        if (frame.system() != null) {
            parts.add(new PromptPart.SystemMessage(frame.system(instruction)));
        }
        parts.addAll(chat(contents, frame.instructsInSystem() ? "" : instruction));
        return parts;
    }

    /** A turn of a chat: the contents in their order. */
    List<PromptPart> chat(List<Content> contents) {
        return chat(contents, "");
    }

    /** The prompt of a match; always for the chat template, since the head answers a question. */
    List<PromptPart> match(List<Content> query, Content candidate) {
        boolean words = query.stream().allMatch(c -> c instanceof Content.Text);
        String question = words ? card.match().text() : card.match().media();
        question = question.replace(MatchQuestion.TYPE, candidate.type());
        List<PromptPart> parts = new ArrayList<>();
        if (card.match().system().isEmpty() == false) {
            parts.add(new PromptPart.SystemMessage(card.match().system()));
        }
        if (question.contains(MatchQuestion.CANDIDATE) == false) {
            parts.add(part(candidate));
        }
        addQuestion(parts, question, query, candidate);
        if (card.match().answer().isEmpty() == false) {
            parts.add(new PromptPart.Answer(card.match().answer()));
        }
        return parts;
    }

    /**
     * The prompt of a comparison: each candidate behind its letter, then the query, then what is
     * asked of them.
     */
    List<PromptPart> list(List<Content> query, List<Content> candidates) {
        List<PromptPart> parts = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            addText(parts, (i == 0 ? "" : "\n") + letter(i) + ": ");
            parts.add(part(candidates.get(i)));
        }
        addText(parts, "\nQuery: ");
        parts.addAll(chat(query, ""));
        addText(parts, "\nWhich of the above matches the query best? Answer with its letter only.");
        return parts;
    }

    /** What the candidate of that place is called: A is the first. */
    static String letter(int place) {
        return Character.toString('A' + place);
    }

    /** The prompt of a text about contents: these first, then the words. */
    List<PromptPart> write(List<Content> about, String words) {
        return chat(about, words);
    }

    private static void addQuestion(
            List<PromptPart> parts, String question, List<Content> query, Content candidate) {
        Matcher mark = MARKS.matcher(question);
        int from = 0;
        while (mark.find()) {
            addText(parts, question.substring(from, mark.start()));
            parts.addAll(
                    mark.group().equals(MatchQuestion.QUERY)
                            ? chat(query, "")
                            : List.of(part(candidate)));
            from = mark.end();
        }
        addText(parts, question.substring(from));
    }

    private static List<PromptPart> plain(List<Content> contents, String instruction) {
        List<PromptPart> parts = new ArrayList<>();
        for (Content content : contents) {
            if (content instanceof Content.Text == false) {
                addSpaced(parts, part(content));
            }
        }
        addSpaced(parts, new PromptPart.Text(instruction));
        for (Content content : contents) {
            if (content instanceof Content.Text) {
                addSpaced(parts, part(content));
            }
        }
        return parts;
    }

    private static List<PromptPart> embedTokens(List<Content> contents, String instruction) {
        List<PromptPart> parts = new ArrayList<>();
        List<PromptPart> texts = new ArrayList<>();
        for (Content content : contents) {
            if (content instanceof Content.Text) {
                addLineBreak(texts);
                texts.add(part(content));
            } else {
                parts.add(part(content));
            }
        }
        addText(parts, instruction);
        parts.add(texts.isEmpty() ? PromptPart.Embed.VIDEO : PromptPart.Embed.TEXT);
        parts.addAll(texts);
        return parts;
    }

    private static void addSpaced(List<PromptPart> parts, PromptPart part) {
        if (part instanceof PromptPart.Text text && text.value().isEmpty()) {
            return;
        }
        if (parts.isEmpty() == false) {
            addText(parts, " ");
        }
        parts.add(part);
    }

    private static List<PromptPart> chat(List<Content> contents, String instruction) {
        List<PromptPart> parts = new ArrayList<>();
        for (Content content : contents) {
            if (content instanceof Content.Text) {
                addLineBreak(parts);
            }
            parts.add(part(content));
        }
        if (instruction.isEmpty() == false) {
            addLineBreak(parts);
            addText(parts, instruction);
        }
        return parts;
    }

    private static void addLineBreak(List<PromptPart> parts) {
        if (parts.isEmpty() == false && parts.get(parts.size() - 1) instanceof PromptPart.Text) {
            addText(parts, "\n");
        }
    }

    private static void addText(List<PromptPart> parts, String text) {
        if (text.isEmpty() == false) {
            parts.add(new PromptPart.Text(text));
        }
    }

    private static PromptPart part(Content content) {
        return switch (content) {
            case Content.Text text -> new PromptPart.Text(text.value());
            case Content.Image image -> new PromptPart.Image(image.frame());
            case Content.Video video -> new PromptPart.Video(video.clip().frames());
        };
    }
}
