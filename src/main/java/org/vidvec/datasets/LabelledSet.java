package org.vidvec.datasets;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that was read of a set.
 *
 * @param name for reports
 * @param protocol which part of the published set this is and how it is scored, for reports
 * @param media in the set's order; files of all of them are there
 * @param captions what is true of the media
 * @param moments what is true of stretches of videos
 * @param questions about the media
 * @param claims true and false ones
 * @param texts pairs that need no media
 * @param composed media by another and what differs
 * @param missing ids of media whose files are not there; nothing of the set speaks of them
 * @param skipped bad lines that were left out, one message each
 */
public record LabelledSet(
        String name,
        String protocol,
        List<Medium> media,
        List<Caption> captions,
        List<Moment> moments,
        List<Question> questions,
        List<Claim> claims,
        List<TextPair> texts,
        List<ComposedPair> composed,
        List<String> missing,
        List<String> skipped) {

    /** Without composed pairs. */
    public LabelledSet(
            String name,
            String protocol,
            List<Medium> media,
            List<Caption> captions,
            List<Moment> moments,
            List<Question> questions,
            List<Claim> claims,
            List<TextPair> texts,
            List<String> missing,
            List<String> skipped) {
        this(
                name, protocol, media, captions, moments, questions, claims, texts, List.of(),
                missing, skipped);
    }

    /** Without what speaks of media that are not there. */
    LabelledSet present() {
        return only(media);
    }

    /** The first {@code n} media and what is said of them. */
    public LabelledSet limit(int n) {
        return n >= media.size() ? this : only(media.stream().limit(n).toList());
    }

    /** The first caption of each medium alone (VLM2Vec-V2's protocol for MSVD and VATEX). */
    public LabelledSet firstCaptions() {
        Set<String> seen = new HashSet<>();
        List<Caption> first =
                captions.stream().filter(c -> seen.addAll(c.media().keySet())).toList();
        return new LabelledSet(
                name, protocol, media, first, moments, questions, claims, texts, composed, missing,
                skipped);
    }

    /** Of these media alone. */
    public LabelledSet only(List<Medium> some) {
        Set<String> ids = some.stream().map(Medium::id).collect(Collectors.toSet());
        return new LabelledSet(
                name,
                protocol,
                some,
                captions.stream()
                        .map(c -> c.of(ids))
                        .filter(c -> c.media().isEmpty() == false)
                        .toList(),
                moments.stream().filter(m -> ids.contains(m.medium())).toList(),
                questions.stream().filter(q -> ids.contains(q.medium())).toList(),
                claims.stream().filter(c -> ids.contains(c.medium())).toList(),
                texts,
                composed.stream()
                        .filter(c -> ids.contains(c.source()) && ids.contains(c.target()))
                        .toList(),
                missing,
                skipped);
    }
}
