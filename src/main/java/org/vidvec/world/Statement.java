package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/**
 * What a text says of a clip. It is true of every scene that has such figures, whatever else there
 * is.
 *
 * @param claims of different figures, none to three
 * @param relation of the first claim's figure to the second's, or null
 * @param paint of the background, or null
 * @param pattern of the background, or null
 */
public record Statement(
        List<Claim> claims, Relation relation, Background.Paint paint, Background.Pattern pattern) {

    public Statement {
        claims = List.copyOf(claims);
    }

    /** About one figure and nothing else. */
    static Statement of(Claim claim) {
        return new Statement(List.of(claim), null, null, null);
    }

    /** Whether all of it is exactly so. */
    public boolean holds(Scene scene) {
        return background(scene) && match(scene, new ArrayList<>(), true);
    }

    /** Whether somebody might say so of the scene; what is not even admitted is plainly false. */
    public boolean admitted(Scene scene) {
        return background(scene) && match(scene, new ArrayList<>(), false);
    }

    private boolean background(Scene scene) {
        return (paint == null || paint == scene.background().paint())
                && (pattern == null || pattern == scene.background().pattern());
    }

    /** Tries every figure for the next claim. */
    private boolean match(Scene scene, List<Integer> taken, boolean exactly) {
        if (taken.size() == claims.size()) {
            return relation == null || related(scene, taken, exactly);
        }
        Claim claim = claims.get(taken.size());
        for (int i = 0; i < scene.figures().size(); i++) {
            Figure figure = scene.figures().get(i);
            boolean fits = exactly ? claim.holds(figure) : claim.admitted(figure);
            if (fits && taken.contains(i) == false) {
                taken.add(i);
                if (match(scene, taken, exactly)) {
                    return true;
                }
                taken.remove(taken.size() - 1);
            }
        }
        return false;
    }

    private boolean related(Scene scene, List<Integer> taken, boolean exactly) {
        int a = taken.get(0);
        int b = taken.get(1);
        return exactly ? relation.holds(scene, a, b) : relation.admitted(scene, a, b);
    }

    Statement with(int index, Claim claim) {
        List<Claim> changed = new ArrayList<>(claims);
        changed.set(index, claim);
        return new Statement(changed, relation, paint, pattern);
    }

    Statement with(Relation other) {
        return new Statement(claims, other, paint, pattern);
    }

    Statement with(Background.Paint other) {
        return new Statement(claims, relation, other, pattern);
    }

    Statement with(Background.Pattern other) {
        return new Statement(claims, relation, paint, other);
    }

    /** The same of a picture, in which nobody sees a motion. */
    Statement withoutMotion() {
        return new Statement(
                claims.stream().map(claim -> claim.withMotion(null)).toList(),
                relation,
                paint,
                pattern);
    }

    /** Subject and object change places. */
    Statement swapped() {
        return new Statement(List.of(claims.get(1), claims.get(0)), relation, paint, pattern);
    }
}
