package org.vidvec.search;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.index.mapper.MappedFieldType;
import org.elasticsearch.index.query.SearchExecutionContext;
import org.elasticsearch.search.fetch.subphase.highlight.FieldHighlightContext;
import org.elasticsearch.search.fetch.subphase.highlight.HighlightField;
import org.elasticsearch.search.fetch.subphase.highlight.Highlighter;
import org.elasticsearch.xcontent.Text;
import org.vidvec.moments.Segment;

/**
 * The highlighter {@code vidvec}: the segments of {@code ext.vidvec.moments} as {@code start/end}
 * in seconds, for clients that know nothing but highlights.
 */
public final class VidvecHighlighter implements Highlighter {

    /** Its name in requests. */
    public static final String NAME = "vidvec";

    @Override
    public boolean canHighlight(MappedFieldType fieldType) {
        return fieldType.typeName().equals("dense_vector");
    }

    /** The vectors themselves are read. */
    @Override
    public boolean canHighlightWithoutSource(
            MappedFieldType fieldType, SearchExecutionContext context) {
        return true;
    }

    /**
     * @throws IllegalArgumentException if the search has no {@code ext.vidvec.moments} over this
     *     field
     */
    @Override
    public HighlightField highlight(FieldHighlightContext field) throws IOException {
        if (field.context.getSearchExt(VidvecSearchExt.NAME) instanceof VidvecSearchExt ext
                && field.fieldName.equals(ext.moments().embedding())) {
            HitWindows windows = new HitWindows(field.context.getSearchExecutionContext(), ext);
            windows.open(field.hitContext.readerContext());
            List<Segment> segments = windows.segments(field.hitContext.docId());
            return new HighlightField(
                    field.fieldName,
                    segments.stream()
                            .map(segment -> new Text(segment.start() + "/" + segment.end()))
                            .toArray(Text[]::new));
        }
        throw new IllegalArgumentException(
                "the highlighter [vidvec] of ["
                        + field.fieldName
                        + "] needs [ext.vidvec.moments] in the search, with the field that holds"
                        + " these [moments]; it tells the segments that were found there");
    }
}
