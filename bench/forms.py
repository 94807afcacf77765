"""What the clients send: each registration by another person about another thing."""

from __future__ import annotations

from datetime import date, timedelta

from duban.core.identity import id_check_digit


def registration(n: int, unit: str = "zhaiyang") -> dict[str, object]:
    """A registration that no other is like."""
    born = date(1931, 1, 1) + timedelta(days=n % 25_000)
    first = f"433128{born:%Y%m%d}{n // 25_000 % 1000:03d}"
    return {
        "kind": "hardship",
        "title": f"蓄水池容量有限，饮水困难 {n}",
        "body": f"因蓄水池容量有限以及部分水管损坏，第{n}户存在饮水困难，请求解决。" * 3,
        "place": "寨阳乡坪朗村",
        "unit": unit,
        "publish": True,
        "petitioner": {
            "name": "罗家祥",
            "id_number": first + id_check_digit(first),
            "mobile": f"139{n % 10**8:08d}",
        },
    }


def acceptance(standard: int) -> dict[str, object]:
    """An acceptance under a standard of 寨阳乡."""
    contact = {"method": "phone", "note": "电话联系诉求人，问清了情况，约定办理期限。"}
    return {"contact": contact, "standard": standard}
