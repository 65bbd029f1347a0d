package io.vedette.alerts.slack;

import java.util.LinkedHashMap;
import java.util.Map;

/** Slack's text objects, in which nothing but what is ours is markup. */
final class SlackText {
    private SlackText() {}

    /** A text without markup, in which Slack knows nothing to find. */
    static Map<String, Object> plain(String text) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "plain_text");
        object.put("text", text);
        object.put("emoji", false);
        return object;
    }

    /** @param markup in which everything from outside has been escaped */
    static Map<String, Object> markup(String markup) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "mrkdwn");
        object.put("text", markup);
        // Addresses and names of channels in it stay what they are: text.
        object.put("verbatim", true);
        return object;
    }

    /** The three characters that begin and end all that Slack treats in a special way: links, people, channels, dates. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
