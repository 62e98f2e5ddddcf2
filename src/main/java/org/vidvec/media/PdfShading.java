package org.vidvec.media;

import java.awt.Paint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.graphics.shading.PDShading;
import org.apache.pdfbox.util.Matrix;

/** A shading that paints as {@link PdfPaint}. */
final class PdfShading extends PDShading {

    private final PDShading shading;
    private final PdfBudget budget;

    PdfShading(PDShading shading, PdfBudget budget) {
        super(shading.getCOSObject());
        this.shading = shading;
        this.budget = budget;
    }

    @Override
    public int getShadingType() {
        return shading.getShadingType();
    }

    @Override
    public Rectangle2D getBounds(AffineTransform transform, Matrix matrix) throws IOException {
        return shading.getBounds(transform, matrix);
    }

    @Override
    public Paint toPaint(Matrix matrix) {
        return new PdfPaint(shading.toPaint(matrix), budget);
    }
}
