package org.vidvec.media;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDTransparencyGroup;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

/** Draws pages within a {@link PdfBudget}, which is asked before whatever may be large. */
final class PdfRenderer extends PDFRenderer {

    private static final int BYTES_PER_PIXEL = 4;

    private final PdfBudget budget;

    PdfRenderer(PDDocument document, PdfBudget budget) {
        super(document);
        this.budget = budget;
        setSubsamplingAllowed(true);
    }

    /**
     * @param page from 0
     * @param scale pixels per point
     * @return the page upright on white
     */
    Frame draw(int page, float scale) throws IOException {
        long before = budget.mark();
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

        private Drawer(PageDrawerParameters parameters) throws IOException {
            super(parameters);
        }

        private long pagePixels() {
            Rectangle page = getGraphics().getDeviceConfiguration().getBounds();
            return (long) page.width * page.height;
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands)
                throws IOException {
            budget.checkTime();
            super.processOperator(operator, operands);
        }

        @Override
        public void drawImage(PDImage image) throws IOException {
            long before = budget.mark();
            budget.spend((long) BYTES_PER_PIXEL * image.getWidth() * image.getHeight());
            super.drawImage(image);
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
            budget.spend(BYTES_PER_PIXEL * pagePixels());
            super.showTransparencyGroup(form);
            budget.backTo(before);
        }
    }
}
