package org.vidvec.quality;

/** Is told how far a measurement is. */
public interface Stages {

    /** Tells nobody. */
    Stages SILENT =
            new Stages() {
                @Override
                public void begins(String stage, int steps) {}

                @Override
                public void stepped(int steps) {}
            };

    /** A stage begins; the one before it is over. */
    void begins(String stage, int steps);

    /** So many steps of it are done. */
    void stepped(int steps);
}
