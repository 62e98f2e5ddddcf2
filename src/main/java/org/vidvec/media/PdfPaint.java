package org.vidvec.media;

import java.awt.Paint;
import java.awt.PaintContext;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.ColorModel;
import java.awt.image.Raster;

/**
 * A pattern or shading that asks the clock at every tile: its functions may be programs of their
 * own, run for each pixel of the page.
 *
 * @param paint draws
 * @param budget has the clock
 */
record PdfPaint(Paint paint, PdfBudget budget) implements Paint {

    /**
     * @throws PdfBudget.Over at a tile when the time is up
     */
    @Override
    public PaintContext createContext(
            ColorModel model,
            Rectangle device,
            Rectangle2D user,
            AffineTransform transform,
            RenderingHints hints) {
        budget.checkTimeUnchecked();
        PaintContext context = paint.createContext(model, device, user, transform, hints);
        return new PaintContext() {
            @Override
            public void dispose() {
                context.dispose();
            }

            @Override
            public ColorModel getColorModel() {
                return context.getColorModel();
            }

            @Override
            public Raster getRaster(int x, int y, int width, int height) {
                budget.checkTimeUnchecked();
                return context.getRaster(x, y, width, height);
            }
        };
    }

    @Override
    public int getTransparency() {
        return paint.getTransparency();
    }
}
