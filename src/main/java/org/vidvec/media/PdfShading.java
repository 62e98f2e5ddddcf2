package org.vidvec.media;

import java.awt.Paint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.graphics.shading.PDShading;
import org.apache.pdfbox.util.Matrix;

/** A shading that paints as {@link PdfPaint} or {@link PdfMeshPaint}. */
final class PdfShading extends PDShading {

    private static final int FIRST_MESH = 4;

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

    private boolean mesh() {
        return getShadingType() >= FIRST_MESH;
    }

    /**
     * @return null for a mesh, as all of it would have to be read: it may lie anywhere
     */
    @Override
    public Rectangle2D getBounds(AffineTransform transform, Matrix matrix) throws IOException {
        return mesh() ? null : shading.getBounds(transform, matrix);
    }

    @Override
    public Paint toPaint(Matrix matrix) {
        return mesh()
                ? new PdfMeshPaint(shading, matrix, budget)
                : new PdfPaint(shading.toPaint(matrix), budget);
    }
}
