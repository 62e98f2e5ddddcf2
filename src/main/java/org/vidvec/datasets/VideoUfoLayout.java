package org.vidvec.datasets;

import java.nio.file.Path;
import java.util.List;

/**
 * VideoUFO (Wang and Yang 2025), texts only, as VidVec learns from it: a table with a brief and a
 * detailed caption of each clip. Columns are found by name: {@code ID} or {@code id}; {@code
 * Summary}, {@code Brief Caption}, {@code brief_caption}, {@code brief} or {@code summary}; {@code
 * Detailed Caption}, {@code detailed_caption}, {@code Description}, {@code detailed} or {@code
 * description}.
 */
final class VideoUfoLayout implements Layout {

    private static final String[] ID = {"ID", "id", "clip_id", "video_id"};
    private static final String[] BRIEF = {
        "Summary", "Brief Caption", "brief_caption", "brief", "summary", "Brief"
    };
    private static final String[] DETAILED = {
        "Detailed Caption", "detailed_caption", "Description", "detailed", "description", "Detailed"
    };

    @Override
    public String name() {
        return "videoufo";
    }

    @Override
    public boolean fits(SetFolder folder) {
        return folder.find(files()) != null;
    }

    private static List<String> files() {
        return List.of("VideoUFO.csv", "videoufo.csv", "VideoUFO.tsv");
    }

    @Override
    public String read(SetFolder folder, SetBuilder into) throws DatasetException {
        Path file = Layout.need(folder, files().toArray(String[]::new));
        folder.rows(
                file,
                row -> into.texts(new TextPair(row.get(ID), row.get(DETAILED), row.get(BRIEF))));
        return "VideoUFO: detailed and brief captions, without videos";
    }
}
