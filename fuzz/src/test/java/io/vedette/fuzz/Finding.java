package io.vedette.fuzz;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;

/**
 * Something that should not be.
 *
 * @param kind the same for findings that are likely one
 * @param told for people
 */
record Finding(String kind, String told) {
    private static final int SHOWN_LINES = 25;

    static Finding of(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        String where = "";
        for (int i = trace.length - 1; i >= 0 && !(thrown instanceof StackOverflowError); i--) {
            where = trace[i].getClassName().startsWith("io.vedette")
                            && !trace[i].getClassName().startsWith("io.vedette.fuzz")
                    ? trace[i].toString()
                    : where;
        }
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return new Finding(
                thrown.getClass().getName() + ' ' + where + kindOf(thrown),
                text.toString().lines().limit(SHOWN_LINES).collect(Collectors.joining("\n  ")));
    }

    /** Assertions of one place are told apart by how they begin. */
    private static String kindOf(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        return thrown instanceof AssertionError
                ? message.strip().substring(0, Math.min(20, message.strip().length()))
                : "";
    }
}
