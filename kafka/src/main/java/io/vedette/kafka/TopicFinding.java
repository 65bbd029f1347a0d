package io.vedette.kafka;

/**
 * What is wrong with one topic.
 *
 * @param topic its full name
 * @param severity whether Vedette can run with it
 * @param message what is wrong and the command that mends it, in one line
 */
public record TopicFinding(String topic, Severity severity, String message) {

    /** Whether Vedette can run with the finding. */
    public enum Severity {
        /** Results would be wrong: the start is refused. */
        ERROR,
        /** It runs, with less safety or less history than it should have. */
        WARNING
    }

    @Override
    public String toString() {
        return "topic " + topic + ": " + message;
    }
}
