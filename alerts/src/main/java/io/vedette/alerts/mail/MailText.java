package io.vedette.alerts.mail;

import io.vedette.alerts.message.Message;
import io.vedette.alerts.message.Message.Field;
import io.vedette.alerts.message.Message.Link;

/** A message as text without markup. */
final class MailText {
    private MailText() {}

    static String of(Message message) {
        StringBuilder text = new StringBuilder(message.title()).append("\n\n");
        if (!message.lead().isEmpty()) {
            text.append(message.lead()).append("\n\n");
        }
        for (Field field : message.fields()) {
            String separator = field.brief() ? ": " : ":\n";
            text.append(field.name()).append(separator).append(field.text()).append(field.brief() ? "\n" : "\n\n");
        }
        if (!text.toString().endsWith("\n\n")) {
            text.append('\n');
        }
        for (Link link : message.links()) {
            text.append(link.name()).append(": ").append(link.url()).append('\n');
        }
        // The mark that mail programs know a signature by.
        return text.append("\n-- \n").append(message.footer()).append('\n').toString();
    }
}
