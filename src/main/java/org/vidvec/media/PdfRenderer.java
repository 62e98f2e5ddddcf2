package org.vidvec.media;

import java.awt.Color;
import java.awt.Paint;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.pdmodel.DefaultResourceCache;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.PDLineDashPattern;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.color.PDPattern;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDTransparencyGroup;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.pattern.PDShadingPattern;
import org.apache.pdfbox.pdmodel.graphics.shading.PDShading;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.vidvec.natives.NativeLibraries;

/** Draws pages within a {@link PdfBudget}, which is asked before whatever may be large. */
final class PdfRenderer extends PDFRenderer {

    private static final int BYTES_PER_PIXEL = 4;

    private final PdfBudget budget;
    private final PdfJpeg2000 jpeg2000;
    // of the page that is drawn: its graphics do not know where it ends
    private double longSide;
    private long pagePixels;

    PdfRenderer(PDDocument document, NativeLibraries natives, PdfBudget budget) {
        super(document);
        this.budget = budget;
        this.jpeg2000 = new PdfJpeg2000(document, natives, budget);
        setSubsamplingAllowed(true);
    }

    /**
     * @param page from 0
     * @param scale pixels per point
     * @return the page upright on white
     */
    Frame draw(int page, float scale) throws IOException {
        long before = budget.mark();
        PDRectangle box = document.getPage(page).getCropBox();
        longSide = scale * Math.max(box.getWidth(), box.getHeight());
        pagePixels = (long) Math.ceil((double) scale * scale * box.getWidth() * box.getHeight());
        BufferedImage image = renderImage(page, scale, ImageType.RGB);
        budget.backTo(before);
        // renderImage makes TYPE_INT_RGB
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        byte[] rgb = new byte[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            rgb[3 * i] = (byte) (pixels[i] >> 16);
            rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
            rgb[3 * i + 2] = (byte) pixels[i];
        }
        return new Frame(page, page, image.getWidth(), image.getHeight(), rgb);
    }

    @Override
    protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
        return new Drawer(parameters);
    }

    private final class Drawer extends PageDrawer {

        private boolean clips;
        private PDResources watched;

        private Drawer(PageDrawerParameters parameters) throws IOException {
            super(parameters);
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands)
                throws IOException {
            budget.checkTime();
            super.processOperator(operator, operands);
        }

        /** Whoever asks first gets shadings that ask the clock; what they draw in turn does not. */
        @Override
        public void shadingFill(COSName name) throws IOException {
            budget.checkTime();
            watched = PdfRenderer.this.watched(super.getResources(), name);
            try {
                super.shadingFill(name);
            } finally {
                watched = null;
            }
        }

        @Override
        public PDResources getResources() {
            PDResources once = watched;
            watched = null;
            return once == null ? super.getResources() : once;
        }

        @Override
        protected Paint getPaint(PDColor color) throws IOException {
            if (color.getColorSpace() instanceof PDPattern space
                    && space.getPattern(color) instanceof PDShadingPattern pattern
                    && pattern.getShading() != null) {
                Matrix matrix = Matrix.concatenate(getInitialMatrix(), pattern.getMatrix());
                return new PdfShading(pattern.getShading(), budget).toPaint(matrix);
            }
            Paint paint = super.getPaint(color);
            return paint instanceof Color ? paint : new PdfPaint(paint, budget);
        }

        @Override
        public void fillPath(int windingRule) throws IOException {
            PathReach.limit(getLinePath(), pixelsPerUnit());
            budget.spendTime(cost().fillNanos());
            super.fillPath(windingRule);
        }

        @Override
        public void strokePath() throws IOException {
            limitPen();
            PathReach.limit(getLinePath(), pixelsPerUnit());
            budget.spendTime(strokeNanos());
            super.strokePath();
        }

        @Override
        public void fillAndStrokePath(int windingRule) throws IOException {
            limitPen();
            PathReach.limit(getLinePath(), pixelsPerUnit());
            budget.spendTime(cost().fillNanos() + strokeNanos());
            super.fillAndStrokePath(windingRule);
        }

        private void limitPen() {
            double most = PathReach.most(penScale());
            if (getGraphicsState().getLineWidth() > most) {
                getGraphicsState().setLineWidth((float) most);
            }
        }

        private double pixelsPerUnit() {
            return Math.abs(getGraphics().getTransform().getScaleX());
        }

        /** Pixels per unit in which pens and dashes are measured. */
        private double penScale() {
            return getGraphicsState().getCurrentTransformationMatrix().getScalingFactorX()
                    * pixelsPerUnit();
        }

        @Override
        public void endPath() {
            super.endPath();
            if (clips) {
                clips = false;
                try {
                    straightenClips();
                } catch (PdfBudget.Spent e) {
                    budget.checkTimeUnchecked();
                }
            }
        }

        /** Letters may cut as well. */
        @Override
        public void endText() throws IOException {
            super.endText();
            straightenClips();
        }

        private void straightenClips() throws PdfBudget.Spent {
            PdfClips.straighten(
                    getGraphicsState().getCurrentClippingPaths(), pixelsPerUnit(), budget);
        }

        @Override
        public void clip(int windingRule) {
            clips = true;
            super.clip(windingRule);
        }

        /** Part of the page that a picture drawn now lies on. */
        private double coverage() {
            Matrix matrix = getGraphicsState().getCurrentTransformationMatrix();
            double area =
                    matrix.getScaleX() * matrix.getScaleY()
                            - matrix.getShearX() * matrix.getShearY();
            PDRectangle page = getPage().getCropBox();
            return Math.abs(area) / ((double) page.getWidth() * page.getHeight());
        }

        private PathCost cost() {
            // the path is in the pixels of the page already
            return PathCost.of(getLinePath(), getGraphics().getTransform(), longSide);
        }

        private double strokeNanos() {
            PDLineDashPattern pattern = getGraphicsState().getLineDashPattern();
            double period = 0;
            for (float length : pattern == null ? new float[0] : pattern.getDashArray()) {
                period += length;
            }
            return cost().strokeNanos(
                            getGraphics()
                                    .getTransform()
                                    .createTransformedShape(getLinePath())
                                    .getBounds2D(),
                            period * penScale());
        }

        @Override
        protected void showFontGlyph(Matrix matrix, PDFont font, int code, Vector displacement)
                throws IOException {
            budget.checkTime();
            double size = Math.max(matrix.getScalingFactorX(), matrix.getScalingFactorY());
            if (PathReach.holds(size * pixelsPerUnit())) {
                super.showFontGlyph(matrix, font, code, displacement);
            }
        }

        @Override
        public void drawImage(PDImage image) throws IOException {
            long before = budget.mark();
            String unread = PdfUnread.form(image);
            PDImage readable = image;
            if (unread != null) {
                readable =
                        unread.equals(PdfUnread.JPEG_2000)
                                ? jpeg2000.readable((PDImageXObject) image)
                                : null;
            }
            if (readable == null) {
                PdfUnread.leaveOut(unread, coverage(), budget);
                return;
            }
            budget.spend((long) BYTES_PER_PIXEL * image.getWidth() * image.getHeight());
            super.drawImage(readable);
            budget.backTo(before);
        }

        @Override
        public void showForm(PDFormXObject form) throws IOException {
            long before = budget.mark();
            super.showForm(form);
            budget.backTo(before);
        }

        /** Each is drawn onto a picture of its own, at most as large as the page. */
        @Override
        public void showTransparencyGroup(PDTransparencyGroup form) throws IOException {
            long before = budget.mark();
            budget.spend(BYTES_PER_PIXEL * pagePixels);
            super.showTransparencyGroup(form);
            budget.backTo(before);
        }
    }

    /**
     * Resources with one shading, which asks the clock: caches are asked for indirect ones only.
     */
    private PDResources watched(PDResources resources, COSName name) {
        COSDictionary all = resources.getCOSObject().getCOSDictionary(COSName.SHADING);
        COSBase item = all == null ? null : all.getItem(name);
        if (item == null) {
            return resources;
        }
        COSDictionary one = new COSDictionary();
        one.setItem(name, item instanceof COSObject ? item : new COSObject(item));
        COSDictionary shadings = new COSDictionary();
        shadings.setItem(COSName.SHADING, one);
        return new PDResources(shadings, new WatchedShadings());
    }

    private final class WatchedShadings extends DefaultResourceCache {
        @Override
        public PDShading getShading(COSObject indirect) {
            try {
                return indirect.getObject() instanceof COSDictionary dictionary
                        ? new PdfShading(PDShading.create(dictionary), budget)
                        : null;
            } catch (IOException e) {
                // PDFBox meets the same and says so
                return null;
            }
        }
    }
}
