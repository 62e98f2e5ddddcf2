package org.vidvec.world;

import java.util.ArrayList;
import java.util.List;

/** A statement in words. */
final class Sentences {

    private Sentences() {}

    /** One sentence without a full stop: "a small red star spins while a blue circle rises". */
    static String caption(Statement statement, Wording wording) {
        if (statement.claims().isEmpty()) {
            return "there is " + background(statement);
        }
        String told =
                statement.relation() == null
                        ? figures(statement.claims(), wording)
                        : related(statement, wording);
        if (statement.paint() == null) {
            return told;
        }
        String place =
                wording.pick("on", List.of("on ", "against ", "in front of "))
                        + background(statement);
        return wording.chance("place first", 0.3) ? place + ", " + told : told + " " + place;
    }

    private static String background(Statement statement) {
        String pattern =
                statement.pattern() == null ? "" : Lexicon.words(statement.pattern()).get(0) + " ";
        String paint = Lexicon.words(statement.paint()).get(0);
        return Lexicon.indefinite(pattern + paint + " background");
    }

    private static String figures(List<Claim> claims, Wording wording) {
        if (claims.size() == 1) {
            return single(claims.get(0), wording);
        }
        List<String> clauses = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            clauses.add(clause(claims.get(i), wording.part("clause" + i)));
        }
        clauses = wording.shuffled("order", clauses);
        String last = clauses.remove(clauses.size() - 1);
        boolean still = claims.get(0).motion() == null;
        String and = still ? " and " : wording.pick("and", List.of(" and ", " while ", " as "));
        return String.join(", ", clauses) + and + last;
    }

    private static String single(Claim claim, Wording wording) {
        Wording part = wording.part("clause0");
        String noun = noun(claim, part);
        if (claim.motion() == null) {
            return "there is " + noun;
        }
        if (claim.equals(Claim.of(claim.motion()))) {
            return "something " + Lexicon.verb(claim.motion(), part);
        }
        return switch (wording.pick("single", List.of(0, 0, 1, 2))) {
            case 0 -> clause(claim, part);
            case 1 -> "there is " + noun + " that " + Lexicon.verb(claim.motion(), part);
            default -> noun + " " + Lexicon.participle(claim.motion(), part);
        };
    }

    private static String clause(Claim claim, Wording wording) {
        String noun = noun(claim, wording);
        return claim.motion() == null ? noun : noun + " " + Lexicon.verb(claim.motion(), wording);
    }

    private static String related(Statement statement, Wording wording) {
        Claim subject = statement.claims().get(0);
        Claim object = statement.claims().get(1);
        Wording first = wording.part("clause0");
        Wording second = wording.part("clause1");
        if (statement.relation().interplay() == false) {
            String place = wording.pick("relation", Lexicon.active(statement.relation()));
            String to = relative(object, second);
            return switch (wording.pick("place", List.of(0, 1, 2))) {
                case 0 -> relative(subject, first) + " is " + place + " " + to;
                case 1 -> clause(subject, first) + " " + place + " " + to;
                default -> place + " " + to + ", " + clause(subject, first);
            };
        }
        String doer = noun(subject, first);
        String other = noun(object, second);
        return wording.chance("passive", 0.4)
                ? other
                        + " "
                        + wording.pick("relation", Lexicon.passive(statement.relation()))
                        + " "
                        + doer
                : doer
                        + " "
                        + wording.pick("relation", Lexicon.active(statement.relation()))
                        + " "
                        + other;
    }

    /** "a red star that spins". */
    private static String relative(Claim claim, Wording wording) {
        String noun = noun(claim, wording);
        return claim.motion() == null
                ? noun
                : noun + " that " + Lexicon.verb(claim.motion(), wording);
    }

    /** "a small striped red star", "a red figure". */
    static String noun(Claim claim, Wording wording) {
        return Lexicon.indefinite(bare(claim, wording));
    }

    /** The same without an article. */
    static String bare(Claim claim, Wording wording) {
        StringBuilder text = new StringBuilder();
        if (claim.size() != null) {
            text.append(wording.pick("size", Lexicon.words(claim.size()))).append(' ');
        }
        if (claim.texture() != null) {
            text.append(wording.pick("texture", Lexicon.words(claim.texture()))).append(' ');
        }
        if (claim.colour() != null) {
            text.append(wording.pick("colour", Lexicon.words(claim.colour()))).append(' ');
        }
        return text.append(
                        claim.shape() == null
                                ? "figure"
                                : wording.pick("shape", Lexicon.words(claim.shape())))
                .toString();
    }
}
