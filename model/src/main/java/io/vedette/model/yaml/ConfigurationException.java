package io.vedette.model.yaml;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A user's mistake in a file: one line that says what, where and what to write instead. What stands in the file may be quoted as it is: line ends,
 * control characters and any length are dealt with here.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Comparator<ConfigurationException> BY_PLACE = Comparator.comparing(
                    ConfigurationException::source)
            .thenComparingInt(ConfigurationException::line)
            .thenComparingInt(ConfigurationException::column);

    private static final int MOST_LETTERS = 2_000;
    private static final Pattern LINE_END = Pattern.compile("\\s*\\R\\s*");

    private final String source;
    private final int line;
    private final int column;
    private final String problem;

    /**
     * @param source the file's name
     * @param line counted from 1
     * @param column counted from 1
     * @param problem what is wrong, with the bad value, and what to write instead
     */
    public ConfigurationException(String source, int line, int column, String problem) {
        super(printable(source) + ':' + line + ':' + column + ": " + printable(problem));
        this.source = source;
        this.line = line;
        this.column = column;
        this.problem = printable(problem);
    }

    /** A mistake that has no place inside a file, such as a file that cannot be read. */
    public ConfigurationException(String source, String problem) {
        super(printable(source) + ": " + printable(problem));
        this.source = source;
        this.line = 0;
        this.column = 0;
        this.problem = printable(problem);
    }

    private static String printable(String text) {
        boolean fits = text.length() <= MOST_LETTERS;
        StringBuilder line = new StringBuilder();
        LINE_END.matcher(fits ? text : text.substring(0, MOST_LETTERS) + '…')
                .replaceAll(" ")
                .codePoints()
                .forEach(c -> line.appendCodePoint(isPrintable(c) ? c : '?'));
        return line.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
            default -> true;
        };
    }

    /** The order in which mistakes are told: by file, line and column. */
    public static Comparator<ConfigurationException> byPlace() {
        return BY_PLACE;
    }

    /** The file's name. */
    public String source() {
        return source;
    }

    /** Counted from 1; 0 where the mistake has no place inside the file. */
    public int line() {
        return line;
    }

    /** Counted from 1; 0 where the mistake has no place inside the file. */
    public int column() {
        return column;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    /** The same mistake with more said about it. */
    public ConfigurationException with(String more) {
        return line == 0
                ? new ConfigurationException(source, problem + more)
                : new ConfigurationException(source, line, column, problem + more);
    }
}
