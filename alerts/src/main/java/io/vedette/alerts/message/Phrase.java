package io.vedette.alerts.message;

import io.vedette.alerts.channel.Language;

/** What messages say besides a rule's own words. {@code %s} stands for what is filled in. */
enum Phrase {
    CRITICAL("CRITICAL", "严重"),
    WARNING("WARNING", "警告"),
    INFO("INFO", "提示"),
    /** A severity, and the one before. */
    CHANGED("%s (was %s)", "%s（原为%s）"),
    /** The condition is known to be false. */
    RECOVERED("RESOLVED", "已恢复"),
    /** Over, and yet nothing is known to be well. */
    ENDED("ENDED", "已结束"),
    /** Headline, alertname, place. */
    TITLE("%s: %s on %s", "【%s】%s：%s"),
    /** Headline, number of alerts, family. */
    TITLE_OF_SEVERAL("%s: %s alerts (%s)", "【%s】%s 条告警（%s）"),

    WHAT("What", "现象"),
    WHERE("Where", "位置"),
    SINCE("Since", "开始时间"),
    LASTED("Lasted", "持续时间"),
    HOW_BAD("How bad", "严重程度"),
    NOW("Now", "当前值"),
    WHY("Why we think so", "判断依据"),
    IT_WAS("It was", "原告警"),
    NEXT_STEP("Next step", "下一步"),
    RUNBOOK("Runbook", "处理手册"),
    DASHBOARD("Dashboard", "仪表盘"),

    ENGINE("%s engine %s", "%s 引擎 %s"),
    MODEL("model %s", "模型 %s"),
    NODE("node %s", "节点 %s"),
    /** Beginning, and since when the condition holds. */
    SINCE_WITH_ONSET("%s (first seen at %s)", "%s（最早出现于 %s）"),
    /** Duration, beginning, end. */
    FROM_TO("%s (from %s to %s)", "%s（%s 至 %s）"),
    /** Duration, and why. */
    OVER_AFTER("Over after %s: %s.", "持续 %s 后结束：%s。"),
    /** What to do about an alert that stands among others: its name. */
    NEXT_STEP_OF("Next step for %s", "%s 的下一步"),
    /** Value and limit. */
    AGAINST("%s, limit %s", "%s，阈值 %s"),
    /** Value, limit, window. */
    AGAINST_OVER("%s, limit %s (over %s)", "%s，阈值 %s（%s 窗口）"),
    VALUE_UNKNOWN("unknown", "未知"),
    /** A series and its window. */
    OVER("%s over %s", "%s（%s 窗口）"),
    /** Series and value. */
    IS("%s: %s", "%s：%s"),
    /** Series, value, its bounds. */
    IS_BETWEEN("%s: %s (surely between %s and %s)", "%s：%s（确定介于 %s 与 %s 之间）"),

    WHY_RECOVERED("the condition no longer holds", "触发条件已不成立"),
    WHY_NO_DATA(
            "no data any more, so whether it is well again is NOT known; see whether its metrics can still be read",
            "已无数据，无法确认是否真正恢复；请检查其指标是否仍可读取"),
    WHY_REMOVED("it was removed from the targets", "目标已被移除"),
    WHY_RULE_GONE("the rule no longer exists, or no longer applies", "规则已不存在或不再适用"),
    /** What is left out of a list. */
    AND_MORE("… and %s more", "……另有 %s 条"),
    CUT("(cut to fit)", "（过长已截断）"),
    SENT_BY("Sent by Vedette · alert %s", "由 Vedette 发送 · 告警 %s");

    private final String english;
    private final String chinese;

    Phrase(String english, String chinese) {
        this.english = english;
        this.chinese = chinese;
    }

    /** The phrase in a language, with what is filled in. */
    String in(Language language, Object... filled) {
        String phrase =
                switch (language) {
                    case ENGLISH -> english;
                    case CHINESE -> chinese;
                };
        return filled.length == 0 ? phrase : String.format(phrase, filled);
    }
}
