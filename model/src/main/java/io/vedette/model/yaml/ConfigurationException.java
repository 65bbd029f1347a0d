package io.vedette.model.yaml;

/** A user's mistake in a file: one line that says what, where and what to write instead. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param source the file's name
     * @param line counted from 1
     * @param column counted from 1
     * @param problem what is wrong, with the bad value, and what to write instead
     */
    public ConfigurationException(String source, int line, int column, String problem) {
        super(source + ':' + line + ':' + column + ": " + problem);
    }

    /** A mistake that has no place inside a file, such as a file that cannot be read. */
    public ConfigurationException(String source, String problem) {
        super(source + ": " + problem);
    }
}
