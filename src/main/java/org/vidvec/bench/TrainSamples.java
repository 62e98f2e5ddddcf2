package org.vidvec.bench;

import java.util.ArrayList;
import java.util.List;
import org.vidvec.prompt.PreparedSequence;
import org.vidvec.prompt.PromptPart;

/**
 * What a measured training step sees: captions of made-up words, alone and behind a video each, or
 * behind a question of as many words.
 *
 * @param prompts what comes before the captions
 * @param captions token ids
 */
record TrainSamples(List<PreparedSequence> prompts, List<long[]> captions) {

    private static final int SHORTEST = 8;
    private static final int SPREAD = 17;
    private static final int QUESTION = 24;

    /** Behind made-up videos of square frames; the model's processor prepares them. */
    static TrainSamples videos(BenchModel model, int count, int frames, int side) throws Exception {
        PromptPart video = new PromptPart.Video(Pictures.video(frames, side, side));
        PreparedSequence prompt = model.prepare(video);
        return new TrainSamples(java.util.Collections.nCopies(count, prompt), captions(count));
    }

    /** Behind texts. */
    static TrainSamples texts(int count) {
        List<PreparedSequence> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prompts.add(BenchModel.text(words(i + 1, QUESTION - i % SPREAD / 2)));
        }
        return new TrainSamples(prompts, captions(count));
    }

    private static List<long[]> captions(int count) {
        List<long[]> captions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            captions.add(words(i, SHORTEST + 7 * i % SPREAD));
        }
        return captions;
    }

    private static long[] words(int seed, int count) {
        long[] words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = 100 + (31L * seed + 37L * i + (long) seed * i) % 800;
        }
        return words;
    }

    /** Each caption behind its prompt. */
    List<PreparedSequence> told() {
        List<PreparedSequence> told = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            told.add(prompts.get(i).followedBy(captions.get(i)));
        }
        return told;
    }

    /** Each caption alone. */
    List<PreparedSequence> alone() {
        return captions.stream().map(BenchModel::text).toList();
    }

    /** Places, among all tokens of {@link #told}, after which a word of a caption comes. */
    long[] before() {
        List<Long> places = new ArrayList<>();
        long begin = 0;
        for (int i = 0; i < prompts.size(); i++) {
            int prompt = prompts.get(i).length();
            for (int j = 0; j < captions.get(i).length; j++) {
                places.add(begin + prompt + j - 1);
            }
            begin += prompt + captions.get(i).length;
        }
        return places.stream().mapToLong(p -> p).toArray();
    }

    /** Places of the last tokens of the prompts among all tokens of {@link #told}. */
    long[] promptEnds() {
        long[] ends = new long[prompts.size()];
        long begin = 0;
        for (int i = 0; i < ends.length; i++) {
            ends[i] = begin + prompts.get(i).length() - 1;
            begin += prompts.get(i).length() + captions.get(i).length;
        }
        return ends;
    }

    /** All words of all captions. */
    long[] words() {
        return captions.stream().flatMapToLong(java.util.Arrays::stream).toArray();
    }
}
