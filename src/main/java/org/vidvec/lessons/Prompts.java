package org.vidvec.lessons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vidvec.backbone.BranchedSequence;
import org.vidvec.media.Clip;
import org.vidvec.media.Frame;
import org.vidvec.model.Content;
import org.vidvec.model.EmbedInput;
import org.vidvec.model.ModelException;
import org.vidvec.model.TrainableModel;
import org.vidvec.prompt.PreparedSequence;

/**
 * All that is asked of one content, each in the words of the serving prompt. The pictures are cut
 * into patches once: what follows them is taken from a prompt in which a picture without anything
 * stands in their place.
 */
final class Prompts {

    /** Side of the picture that stands in, in pixels. */
    private static final int SIDE = 28;

    private final TrainableModel model;
    private final Content content;
    private final Content standIn;
    private final List<long[]> tails = new ArrayList<>();

    /**
     * @param content an image or a video
     */
    Prompts(TrainableModel model, Content content) {
        this.model = model;
        this.content = content;
        this.standIn = standIn(content);
    }

    private static Content standIn(Content content) {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        Frame frame = new Frame(0, SIDE, SIDE, rgb);
        return content instanceof Content.Video video
                ? new Content.Video(new Clip(video.clip().info(), List.of(frame)))
                : new Content.Image(frame);
    }

    /** Asks something; the prompt's number is the branch's. */
    int chat(String text) throws ModelException {
        return add(model.prepareChat(List.of(standIn, new Content.Text(text))));
    }

    /** Asks whether a text matches. */
    int match(String text) throws ModelException {
        return add(model.prepareMatch(List.of(new Content.Text(text)), standIn));
    }

    /** Asks for one word, as an embedding is asked for. */
    int word() throws ModelException {
        return add(model.prepare(new EmbedInput(List.of(standIn), EmbedInput.Role.DOCUMENT, null)));
    }

    private int add(PreparedSequence prompt) {
        tails.add(Arrays.copyOfRange(prompt.ids(), prompt.picturesEnd(), prompt.length()));
        return tails.size() - 1;
    }

    /** Tokens of a prompt behind the pictures. */
    long[] tail(int prompt) {
        return tails.get(prompt);
    }

    /**
     * The content, and behind it each prompt with its answer.
     *
     * @param answers one for each prompt, not empty
     */
    BranchedSequence answered(List<long[]> answers) throws ModelException {
        PreparedSequence whole = model.prepareChat(List.of(content));
        int shared = shared();
        PreparedSequence head = whole.head(whole.picturesEnd());
        if (shared > 0) {
            head = head.followedBy(Arrays.copyOf(tails.get(0), shared));
        }
        List<long[]> branches = new ArrayList<>();
        for (int i = 0; i < tails.size(); i++) {
            long[] own = Arrays.copyOfRange(tails.get(i), shared, tails.get(i).length);
            long[] branch = Arrays.copyOf(own, own.length + answers.get(i).length);
            System.arraycopy(answers.get(i), 0, branch, own.length, answers.get(i).length);
            branches.add(branch);
        }
        return new BranchedSequence(head, branches);
    }

    /** How many tokens all prompts have in common behind the pictures. */
    int shared() {
        int shared = tails.get(0).length - 1;
        for (long[] tail : tails) {
            int same = Arrays.mismatch(tails.get(0), tail);
            int longest = Math.min(same < 0 ? tail.length : same, tail.length - 1);
            shared = Math.min(shared, longest);
        }
        return shared;
    }
}
