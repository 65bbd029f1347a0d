package io.vedette.alerts;

import io.vedette.alerts.alertmanager.Alertmanager;
import io.vedette.alerts.alertmanager.AlertmanagerMetrics;
import io.vedette.alerts.channel.ChannelSettings;
import io.vedette.alerts.channel.Destination;
import io.vedette.alerts.chat.Robot;
import io.vedette.alerts.delivery.Transport;
import io.vedette.alerts.mail.Mail;
import io.vedette.alerts.slack.SlackBot;
import io.vedette.alerts.slack.SlackWebhook;
import io.vedette.alerts.webhook.Webhook;
import java.time.InstantSource;

/**
 * Finds the way on which a channel tells.
 *
 * @param url where people find Vedette
 */
record Transports(String url, InstantSource clock, AlertmanagerMetrics metrics) {
    Transport of(ChannelSettings channel) {
        Destination destination = channel.destination();
        if (destination instanceof Destination.Alertmanager servers) {
            return new Alertmanager(channel, servers, url, clock, metrics);
        }
        if (destination instanceof Destination.Webhook webhook) {
            return new Webhook(channel, webhook, url, clock);
        }
        if (destination instanceof Destination.SlackWebhook webhook) {
            return new SlackWebhook(channel, webhook, clock);
        }
        if (destination instanceof Destination.SlackBot bot) {
            return new SlackBot(channel, bot, clock);
        }
        if (destination instanceof Destination.Feishu feishu) {
            return Robot.feishu(channel, feishu, clock);
        }
        if (destination instanceof Destination.DingTalk dingTalk) {
            return Robot.dingTalk(channel, dingTalk, clock);
        }
        if (destination instanceof Destination.WeCom weCom) {
            return Robot.weCom(channel, weCom, clock);
        }
        if (destination instanceof Destination.Email email) {
            return new Mail(channel, email, clock);
        }
        throw new IllegalStateException("no way leads to " + destination);
    }
}
