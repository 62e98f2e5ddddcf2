package org.vidvec.world;

import java.util.Collections;
import java.util.List;

/** A page. */
final class PageSubject implements Subject {

    private final Page page;
    private final PageSampler others;

    /**
     * @param others where easy negatives come from
     */
    PageSubject(Page page, PageSampler others) {
        this.page = page;
        this.others = others;
    }

    @Override
    public String canonical() {
        return page.canonical();
    }

    Drawing drawing() {
        return Drawing.of(page);
    }

    /** As many times the same picture. */
    @Override
    public Frames render(int frames, FrameSize size) {
        byte[] one = drawing().render(size).rgb();
        byte[] rgb = new byte[frames * one.length];
        for (int i = 0; i < frames; i++) {
            System.arraycopy(one, 0, rgb, i * one.length, one.length);
        }
        return new Frames(frames, size, rgb);
    }

    @Override
    public String caption(Style style, long wording) {
        return switch (style) {
            case SHORT -> PageTexts.saying(page, new Wording(wording)).tell();
            case DENSE -> PageTexts.dense(page);
            case SUMMARY -> PageTexts.summary(page);
        };
    }

    @Override
    public List<Question> questions(long wording) {
        return PageTexts.questions(page);
    }

    @Override
    public String truth(Difficulty difficulty, long wording, Emphasis emphasis) {
        return difficulty == Difficulty.ATTRIBUTE
                ? "this is a " + PageTexts.summary(page)
                : caption(Style.SHORT, wording);
    }

    @Override
    public String falsehood(Difficulty difficulty, long wording, Emphasis emphasis) {
        Dice dice = Dice.of(wording);
        return switch (difficulty) {
            case ATTRIBUTE -> "this is a " + PageTexts.summary(another(dice));
            case EASY -> PageTexts.saying(another(dice), new Wording(wording)).tell();
            case PART, NEAR -> PageTexts.saying(page, new Wording(wording)).falsify(dice);
        };
    }

    /** A page with no title word of this one. */
    private Page another(Dice dice) {
        while (true) {
            Page other = others.page(dice);
            if (Collections.disjoint(PageTexts.heading(other), PageTexts.heading(page))) {
                return other;
            }
        }
    }
}
