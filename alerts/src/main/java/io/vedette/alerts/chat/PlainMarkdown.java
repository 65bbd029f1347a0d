package io.vedette.alerts.chat;

/**
 * Text in the kinds of markdown that group robots know. They differ in what a backslash does, and none says so: what begins a mark is replaced by a
 * character that looks the same and is none.
 */
final class PlainMarkdown {
    private PlainMarkdown() {}

    /** A text from outside in which no mark, mention or address is left. */
    static String escaped(String text) {
        return text.replace('<', '＜')
                .replace('>', '＞')
                .replace('[', '［')
                .replace(']', '］')
                .replace('*', '∗')
                .replace('`', '｀')
                .replace('#', '＃')
                .replace('@', '＠')
                .replace("://", "：//");
    }
}
