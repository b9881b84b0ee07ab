"""How a customers' survey asks on a survey site, and what its answers mean; one place for both ways."""

from __future__ import annotations

STARS = ("非常不满意", "不满意", "一般", "满意", "非常满意")
"""One to five stars, in the order in which a site numbers its options."""
SERVED = "为您服务的客服是哪一位？"
ANSWER = "问卷答卷"
"""What a customer is called who has answered there: with the number and the time of the answer."""
OTHER = "其他意见或建议（可以不填）"
