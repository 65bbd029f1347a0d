package io.vedette.alerts.mail;

import io.vedette.alerts.message.Message;
import io.vedette.alerts.message.Message.Field;
import io.vedette.alerts.message.Message.Link;

/** A message as HTML for mail programs: one table, styles in place, nothing that is fetched. */
final class MailHtml {
    private static final String FONT =
            "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans','PingFang SC','Microsoft YaHei',sans-serif";

    private MailHtml() {}

    static String of(Message message) {
        StringBuilder html = new StringBuilder(4096);
        html.append("<!DOCTYPE html>\n<html lang=\"")
                .append(message.language().word())
                .append(
                        "\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(escaped(message.title()))
                .append("</title></head>\n<body style=\"margin:0;padding:16px;background:#f2f3f5;")
                .append(FONT)
                .append("\">\n<table role=\"presentation\" width=\"100%\" style=\"max-width:640px;margin:0 auto;")
                .append(
                        "border-collapse:collapse;background:#ffffff;color:#1f2328;font-size:15px;line-height:1.5\">\n");
        html.append("<tr><td style=\"padding:14px 20px;background:")
                .append(color(message.tone()))
                .append(";color:#ffffff;font-size:17px;font-weight:600\">")
                .append(escaped(message.title()))
                .append("</td></tr>\n");
        if (!message.lead().isEmpty()) {
            html.append("<tr><td style=\"padding:16px 20px 4px;font-size:16px\">")
                    .append(escaped(message.lead()))
                    .append("</td></tr>\n");
        }
        message.fields().forEach(field -> append(field, html));
        appendLinks(message, html);
        html.append(
                        "<tr><td style=\"padding:12px 20px;border-top:1px solid #d8dee4;color:#656d76;font-size:12px;word-break:break-all\">")
                .append(escaped(message.footer()))
                .append("</td></tr>\n</table>\n</body>\n</html>\n");
        return html.toString();
    }

    private static void append(Field field, StringBuilder html) {
        html.append("<tr><td style=\"padding:8px 20px\"><div style=\"color:#57606a;font-size:13px;font-weight:600\">")
                .append(escaped(field.name()))
                .append("</div><div>")
                .append(escaped(field.text()))
                .append("</div></td></tr>\n");
    }

    private static void appendLinks(Message message, StringBuilder html) {
        if (message.links().isEmpty()) {
            return;
        }
        html.append("<tr><td style=\"padding:12px 20px 20px\">");
        for (Link link : message.links()) {
            html.append("<a href=\"")
                    .append(escaped(link.url()))
                    .append("\" style=\"display:inline-block;margin-right:8px;padding:8px 16px;border-radius:4px;")
                    .append("background:#0b5cad;color:#ffffff;text-decoration:none\">")
                    .append(escaped(link.name()))
                    .append("</a>");
        }
        html.append("</td></tr>\n");
    }

    private static String color(Message.Tone tone) {
        return switch (tone) {
            case CRITICAL -> "#b71c1c";
            case WARNING -> "#b25e00";
            case INFO -> "#0b5cad";
            case RECOVERED -> "#1b6e2d";
            case ENDED -> "#57606a";
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("\n", "<br>\n");
    }
}
