package org.vidvec.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vidvec.media.MediaException;
import org.vidvec.natives.NativeLibraries;
import org.vidvec.natives.NativeLibraryException;
import org.vidvec.world.FrameSize;
import org.vidvec.world.Split;
import org.vidvec.world.WorldFiles;
import org.vidvec.world.WorldOrder;

/** Generated clips for the demo, of scenes that no training has seen. */
final class DemoWorld {

    private static final int CLIPS = 12;

    /** Twice what the default model looks at, so that a person sees something as well. */
    private static final FrameSize SIZE = new FrameSize(168, 168);

    private record Entry(String file, List<String> captions) {}

    private record Manifest(List<Entry> videos) {}

    private DemoWorld() {}

    /**
     * Draws the clips, always the same ones.
     *
     * @param folder where they are written, over those of an earlier demo
     */
    static List<DemoClip> write(Path folder) throws CommandException {
        WorldOrder order = new WorldOrder(1, Split.TEST, CLIPS, 0, 0, 0, SIZE);
        try {
            NativeLibraries natives = NativeLibraries.fromSystemProperty();
            new WorldFiles(natives, order, folder, () -> {}).write();
            Path file = folder.resolve(WorldFiles.MANIFEST);
            List<Entry> videos =
                    new Gson().fromJson(Files.readString(file), Manifest.class).videos();
            List<DemoClip> clips = new ArrayList<>();
            for (Entry video : videos) {
                String id = String.format(Locale.ROOT, "generated-%02d", clips.size() + 1);
                String title = video.captions().get(0);
                Path path = folder.resolve(video.file());
                clips.add(new DemoClip(id, title, video.captions(), path, true));
            }
            return clips;
        } catch (IOException | JsonParseException e) {
            throw new CommandException("can't write clips to [" + folder + "]: " + e, e);
        } catch (MediaException | NativeLibraryException e) {
            throw new CommandException("can't draw clips: " + e.getMessage(), e);
        }
    }
}
