package org.vidvec.cli;

import java.io.IOException;
import java.util.Locale;
import org.vidvec.model.ModelException;
import org.vidvec.quality.CaptionMap;
import org.vidvec.quality.QualityException;
import picocli.CommandLine.Command;

/** {@code vidvec map}: a picture of how media and captions lie to each other. */
@Command(
        name = "map",
        description = {
            "Draw the media of SET and their first captions by t-SNE, in 20 groups of captions:",
            "circles for media, crosses for captions, a line between the two. SET as for eval."
        })
final class MapCommand extends MeasuringCommand {

    @Override
    void measure(Job job) throws IOException, QualityException, ModelException {
        CaptionMap.Drawn drawn =
                new CaptionMap(job.order(), job.natives(), job.out(), job.progress()).run();
        drawn.write(job.out());
        job.to()
                .printf(
                        Locale.ROOT,
                        "%d points, divergence %.4f%n",
                        drawn.documents().size(),
                        drawn.divergence());
    }
}
