package org.vidvec.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Reads labelled sets. */
public final class Datasets {

    /** Parts of a set. */
    public static final Set<String> SPLITS = Set.of("train", "validation", "test");

    /** In the order in which a folder is asked; the first ones have names of their own. */
    private static final List<Layout> LAYOUTS =
            List.of(
                    new ManifestLayout(),
                    new MsrVttLayout(),
                    new MsvdLayout(),
                    new VatexLayout(),
                    new DidemoLayout(),
                    new ActivityNetLayout(),
                    new CharadesLayout(),
                    new QvHighlightsLayout(),
                    new VideoUfoLayout(),
                    new VidoreLayout(),
                    new LlavaHoundLayout(),
                    new JsonLinesLayout());

    /**
     * What is to be read.
     *
     * @param path a folder with annotations, or one annotation file
     * @param layout its name; null to tell by the files that are there
     * @param media folder that is looked through for media; null for the set's own
     * @param split train, validation or test
     * @param bad what is done about lines that can't be used
     * @param captions field of an entry that holds its captions; null for the layout's own
     */
    public record Order(
            Path path,
            String layout,
            Path media,
            String split,
            BadLines.Policy bad,
            String captions) {

        /** With the layout's own captions. */
        public Order(Path path, String layout, Path media, String split, BadLines.Policy bad) {
            this(path, layout, media, split, bad, null);
        }
    }

    private Datasets() {}

    /** Names of the layouts that can be read. */
    public static List<String> layouts() {
        return LAYOUTS.stream().map(Layout::name).toList();
    }

    /**
     * Reads a set and looks for its media; no media is opened.
     *
     * @throws DatasetException if it is not there, has no known layout, a bad line that may not be
     *     left out, or ids that do not match
     */
    public static LabelledSet read(Order order) throws DatasetException {
        if (Files.exists(order.path()) == false) {
            throw new DatasetException("there is no set [" + order.path() + "]");
        }
        if (SPLITS.contains(order.split()) == false) {
            throw new DatasetException(
                    "unknown split ["
                            + order.split()
                            + "]; known are "
                            + SPLITS.stream().sorted().toList());
        }
        BadLines bad = new BadLines(order.bad());
        SetFolder folder = new SetFolder(order.path(), order.split(), bad, order.captions());
        Layout layout = layout(folder, order.layout());
        SetBuilder set = new SetBuilder();
        checkCaptions(order.captions(), layout);
        String protocol = layout.read(folder, set);
        if (order.captions() != null) {
            protocol += "; captions are field [" + order.captions() + "]";
            if (set.hasCaptions() == false) {
                throw new DatasetException(
                        "no entry of ["
                                + order.path()
                                + "] has the field ["
                                + order.captions()
                                + "]; name another [--caption-field]");
            }
        }
        Path media = order.media() == null ? folder.folder() : order.media();
        return set.finish(layout.name(), protocol, new MediaFiles(media), bad);
    }

    private static void checkCaptions(String field, Layout layout) throws DatasetException {
        if (field != null && layout.choosesCaptions() == false) {
            throw new DatasetException(
                    "[--caption-field] is ["
                            + field
                            + "], but layout ["
                            + layout.name()
                            + "] has one place for captions; it is for "
                            + LAYOUTS.stream()
                                    .filter(Layout::choosesCaptions)
                                    .map(Layout::name)
                                    .toList());
        }
    }

    private static Layout layout(SetFolder folder, String name) throws DatasetException {
        for (Layout layout : LAYOUTS) {
            if (name == null ? layout.fits(folder) : layout.name().equals(name)) {
                return layout;
            }
        }
        throw new DatasetException(
                name == null
                        ? "["
                                + folder.path()
                                + "] has no annotations in a layout that is known; known are "
                                + layouts()
                        : "unknown layout [" + name + "]; known are " + layouts());
    }
}
