package io.vedette.model.exposition;

/**
 * Something wrong in a body.
 *
 * @param line counted from 1; for a problem of several lines the first of them, for one of the whole body its last
 * @param detail what was expected or done, and at most 40 characters of the body, printable ASCII only
 */
public record Problem(int line, ProblemReason reason, String detail) {

    public Problem {
        if (!(line >= 1)) {
            throw new IllegalArgumentException("line must be >= 1: " + line);
        }
    }
}
