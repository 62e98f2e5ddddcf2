package org.vidvec.media;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.vidvec.media.MediaException.Reason;

/**
 * Pictures in a PDF that PDFBox has no decoder for. A page that is such a picture, as scans are, is
 * refused; from any other one it is left out, and the log says so.
 */
final class PdfUnread {

    private static final Logger LOG = System.getLogger(PdfUnread.class.getName());

    /** Read by {@link PdfJpeg2000}, as far as it can. */
    static final String JPEG_2000 = "JPEG 2000";

    private static final double MOST_OF_THE_PAGE = 0.5;

    private PdfUnread() {}

    /** What the picture is stored as, or null if it can be read. */
    static String form(PDImage image) {
        if (image instanceof PDImageXObject stored) {
            List<COSName> filters = stored.getStream().getFilters();
            if (filters.contains(COSName.JPX_DECODE)) {
                return JPEG_2000;
            }
            if (filters.contains(COSName.JBIG2_DECODE)) {
                return "JBIG2";
            }
        }
        return null;
    }

    /**
     * @param form see {@link #form}
     * @param coverage part of the page that it would lie on
     * @throws PdfBudget.Spent if the page is little else
     */
    static void leaveOut(String form, double coverage, PdfBudget budget) throws PdfBudget.Spent {
        if (coverage > MOST_OF_THE_PAGE) {
            budget.refuse(
                    new MediaException(
                            Reason.UNSUPPORTED,
                            "could not decode ["
                                    + budget.name()
                                    + "]: a page of it is a picture in "
                                    + form
                                    + ", which is not read in PDFs; save it with its pictures as"
                                    + " JPEG"));
        }
        LOG.log(
                Level.INFO,
                "[{0}] holds a picture in {1}, which is not read in PDFs; it is left out",
                budget.name(),
                form);
    }
}
