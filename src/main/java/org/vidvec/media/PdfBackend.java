package org.vidvec.media;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.pdmodel.DefaultResourceCache;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.vidvec.media.MediaException.Reason;
import org.vidvec.natives.NativeLibraries;

/**
 * Draws the pages of a PDF, each as a frame: page k counts as shown at second k. PDFBox does it in
 * Java, so that a hostile document meets no native code but the JDK's JPEG reader and FFmpeg's for
 * JPEG 2000.
 *
 * <p>A page is drawn at {@link MediaLimits#dpi} dots per inch, or as many as keep it within {@link
 * MediaLimits#maxPixels} and all pages together within {@link FfmpegBackend#CLIP_BYTES}. Scripts
 * are not run, nothing outside of the file is read, and no file is written.
 */
public final class PdfBackend implements MediaBackend {

    private static final Logger LOG = System.getLogger(PdfBackend.class.getName());

    private static final double SECONDS_PER_PAGE = 1;
    private static final float POINTS_PER_INCH = 72;

    private final NativeLibraries natives;

    /**
     * Loads nothing yet.
     *
     * @param natives for pictures in JPEG 2000 only
     */
    public PdfBackend(NativeLibraries natives) {
        this.natives = natives;
    }

    /** Its initialiser runs once; a failure is thrown again at each use. */
    private static final class Library {
        static {
            // PDFBox reads JPEGs through it, which must not write them to disk before
            ImageIO.setUseCache(false);
            try {
                FontMappers.set(new PdfFonts());
                PdfFilter.wrapAll();
            } catch (IOException | ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void load() {}
    }

    @Override
    public Clip read(MediaSource source, Sampling sampling, MediaLimits limits)
            throws MediaException {
        return guarded(
                source,
                limits,
                (document, budget) -> {
                    Pages pages = new Pages(document, source.name(), limits, budget);
                    int[] wanted =
                            FramePlan.within(sampling, pages.timeline(), source.name(), limits);
                    List<Frame> frames = pages.draw(wanted, wanted.length);
                    return new Clip(info(frames.get(0)), frames);
                });
    }

    /** Each page is a window of its own, whatever windows are asked for: pages have no length. */
    @Override
    public MediaInfo windows(
            MediaSource source, WindowRequest request, MediaLimits limits, Consumer<Window> taker)
            throws MediaException {
        return guarded(
                source,
                limits,
                (document, budget) -> {
                    Pages pages = new Pages(document, source.name(), limits, budget);
                    int count = pages.timeline().size();
                    if (count > request.maxWindows()) {
                        throw Refusals.overLimit(
                                "[" + source.name() + "] has [" + count + "] pages, which is more",
                                request.maxWindows() + "",
                                request.setting(),
                                "split it");
                    }
                    Frame last = null;
                    for (int page = 0; page < count; page++) {
                        last = pages.draw(new int[] {page}, 1).get(0);
                        Window window = new Window(page, page + 1, List.of(last));
                        budget.without(() -> taker.accept(window));
                    }
                    return info(last);
                });
    }

    private static MediaInfo info(Frame first) {
        return new MediaInfo("pdf", "pdf", "pdf", first.width(), first.height(), 0, 0);
    }

    /** What is done with an open document. */
    private interface Reading<T> {
        T of(PDDocument document, PdfBudget budget) throws IOException, MediaException;
    }

    private static <T> T guarded(MediaSource source, MediaLimits limits, Reading<T> reading)
            throws MediaException {
        String name = source.name();
        Refusals.checkSize(source, limits);
        try (PdfBudget budget = new PdfBudget(name, limits)) {
            try {
                Library.load();
                return open(source, budget, reading);
            } catch (IOException | RuntimeException | StackOverflowError e) {
                if (budget.refusal() != null) {
                    throw budget.refusal();
                }
                LOG.log(Level.DEBUG, "[" + name + "] is damaged", e);
                throw Refusals.corrupt(name, "the PDF is truncated or damaged");
            } catch (NoClassDefFoundError e) {
                // PDFBox needs Bouncy Castle for these
                LOG.log(Level.DEBUG, "reading [" + name + "] failed", e);
                throw encrypted(name, "certificates");
            } catch (Error e) {
                // an Error must not travel on: the node would die of it
                LOG.log(Level.ERROR, "reading [" + name + "] failed", e);
                throw new MediaException(
                        Reason.DECODER,
                        "could not decode ["
                                + name
                                + "]: the PDF reader failed; see the node's log");
            }
        }
    }

    private static <T> T open(MediaSource source, PdfBudget budget, Reading<T> reading)
            throws IOException, MediaException {
        try (PDDocument document = Loader.loadPDF(new PdfBytes(source, budget))) {
            document.setResourceCache(new Cache());
            return reading.of(document, budget);
        } catch (InvalidPasswordException e) {
            throw encrypted(source.name(), "a password");
        }
    }

    /** The pages of an open document, on their way to frames. */
    private final class Pages {

        private final List<PDPage> all;
        private final PdfRenderer renderer;
        private final MediaLimits limits;
        private final PdfBudget budget;

        Pages(PDDocument document, String name, MediaLimits limits, PdfBudget budget)
                throws MediaException {
            this.all = pages(document, name, limits);
            this.renderer = new PdfRenderer(document, natives, budget);
            this.limits = limits;
            this.budget = budget;
        }

        Timeline timeline() {
            Timeline timeline = new Timeline(SECONDS_PER_PAGE);
            for (int i = 0; i < all.size(); i++) {
                timeline.add(i);
            }
            return timeline;
        }

        /**
         * @param atOnce pages that share the memory of a clip
         */
        List<Frame> draw(int[] wanted, int atOnce) throws IOException, MediaException {
            long mostPixels = Math.min(limits.maxPixels(), FfmpegBackend.CLIP_BYTES / 3 / atOnce);
            List<Frame> frames = new ArrayList<>();
            for (int page : wanted) {
                frames.add(renderer.draw(page, scale(all.get(page), limits, mostPixels)));
                budget.checkTime();
            }
            return frames;
        }
    }

    /** The pages that are there, whatever the document says that it has. */
    private static List<PDPage> pages(PDDocument document, String name, MediaLimits limits)
            throws MediaException {
        List<PDPage> pages = new ArrayList<>();
        for (PDPage page : document.getPages()) {
            pages.add(page);
        }
        if (pages.isEmpty()) {
            throw Refusals.corrupt(name, "the PDF has no pages");
        }
        if (pages.size() > limits.maxPages()) {
            throw Refusals.overLimit(
                    "[" + name + "] has [" + pages.size() + "] pages, which is more",
                    limits.maxPages() + "",
                    "vidvec.media.max_pages",
                    "split it");
        }
        return pages;
    }

    /**
     * @return pixels per point
     */
    private static float scale(PDPage page, MediaLimits limits, long mostPixels) {
        PDRectangle box = page.getCropBox();
        double points = (double) box.getWidth() * box.getHeight();
        return (float) Math.min(limits.dpi() / POINTS_PER_INCH, Math.sqrt(mostPixels / points));
    }

    private static MediaException encrypted(String name, String with) {
        return new MediaException(
                Reason.UNSUPPORTED,
                "could not decode ["
                        + name
                        + "]: the PDF is encrypted with "
                        + with
                        + "; send it decrypted");
    }

    /** Without pictures, which are large and seldom come twice. */
    private static final class Cache extends DefaultResourceCache {
        @Override
        public void put(COSObject indirect, PDXObject object) {}
    }
}
