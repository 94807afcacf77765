"""The stories the supervision of the demo is about: hard matters, matters of many, and one and the same matter twice."""

from __future__ import annotations

from .stories import Story

RETURNED = Story(
    "hardship", "城郊连接路渣土抛洒，三个单位都说不归自己管",
    "城郊连接路夜里渣土车一路撒土，晴天是灰雨天是泥，找了公路、交通，都说不是自己的职责，请定一个单位来管。",
    "镇溪街道城郊连接路", "chengguan", "chengguan-daolu",
    "明确由城管局管护，夜间设卡查处抛洒车辆9台，全线冲洗，今后每晚巡查一次。",
    "已明确由城管局管护，查处抛洒车辆并每晚巡查。",
)  # fmt: skip
LATE = Story(
    "hardship", "安置小区六楼以上水压不足，加压泵迟迟没装",
    "安置小区六楼以上每天早晚没有水，说好三天换加压泵，过了期限还没有装，老人提水上楼很吃力。",
    "乾州街道安置小区", "zilaishui", "zilaishui-shuiya",
    "加压泵到货后连夜安装，六楼以上48户早晚水压测试正常。", "加压泵已安装，六楼以上供水正常。",
)  # fmt: skip
DEFERRED = Story(
    "hardship", "河溪小桥栏杆断裂，学生过桥危险",
    "河溪小桥两侧栏杆断了一半，学生上学每天经过，桥面也有裂缝，请求维修加固。",
    "河溪镇小桥", "jiaotong", "jiaotong-qiaoliang",
    "维修资金到位后更换栏杆36米，加固桥面，验收合格开放通行。", "栏杆已更换，桥面已加固，恢复通行。",
)  # fmt: skip
TWICE_REFUSED = Story(
    "hardship", "夜市烧烤店油烟直排居民楼",
    "楼下烧烤店把排烟管对着居民窗户，反映多次只说教育了店主，油烟照旧。",
    "峒河街道夜市", "huanbao", "huanbao-zaosheng",
    "店主安装油烟净化器，排烟管改到楼顶，现场检测达标。", "已装净化器并改排烟口，检测达标。",
)  # fmt: skip
REFERRED = Story(
    "complaint", "运管所人员收钱放行拒载出租车",
    "出租车不打表还拒载，投诉到运管所，值班人员收了司机的钱就放车走了，请查清。",
    "峒河街道火车站", "yunguan", "yunguan-juzai",
    "已对司机作出处罚；反映工作人员的问题移交纪检监察机关处理。", "司机已处罚，其他问题由有关机关处理。",
)  # fmt: skip
NOT_POSSIBLE = Story(
    "hardship", "请求给自建房加盖的第四层补办手续",
    "我家去年自己加盖了第四层，现在不给办手续也不给通水，请求按既成事实补办。",
    "乾州街道", "chengguan", "chengguan-weijian",
    "依据城乡规划法不能补办。", "加盖部分不符合规划，不能补办手续。",
)  # fmt: skip
LIFT = Story(
    "hardship", "福源小区电梯经常困人，请求大修",
    "福源小区2栋电梯一个月困人三次，物业推给维保公司，维保公司说没有配件，全楼住户联名请求大修。",
    "乾州街道福源小区", "zhijian", "zhijian-dianti",
    "责令维保单位更换曳引机和门机，重新检验合格后恢复运行，公示维保电话。",
    "电梯关键部件已更换，检验合格恢复运行。",
)  # fmt: skip
WELL = Story(
    "hardship", "坪年村自来水浑浊，全村请求处理水源",
    "坪年村自来水连续半个月发黄有沙，全村六十多户不敢喝，联名请求清洗水池、查清水源。",
    "寨阳乡坪年村", "zhaiyang", "zhaiyang-yinshui",
    "清洗蓄水池2座，加装沉沙过滤设备，水样送检合格，每周公示水质。",
    "已清洗水池并加装过滤设备，水质检测合格。",
)  # fmt: skip
LAMPS = Story(
    "hardship", "建新路中段路灯全灭，晚上一片漆黑",
    "建新路中段十几盏路灯全部不亮，下晚自习的学生摸黑走路。",
    "镇溪街道建新路", "ludeng", "ludeng-weixiu",
    "更换烧毁电缆80米、灯具14盏，当晚全部点亮。", "路灯已全部修复。",
)  # fmt: skip
SAME_LAMPS = Story(
    "hardship", "建新路那一段路灯不亮，请维修",
    "建新路中段晚上没有一盏灯亮，已经好几天了，请来修。",
    "镇溪街道建新路", "ludeng", "ludeng-weixiu", LAMPS.done, LAMPS.reply,
)  # fmt: skip
OTHER_LAMP = Story(
    "hardship", "建新路尾巷口一盏路灯被撞歪",
    "建新路尾巷口的灯杆被货车撞歪，怕倒下来伤人。",
    "镇溪街道建新路", "ludeng", "ludeng-weixiu",
    "扶正并加固灯杆1根，更换灯具。", "灯杆已扶正加固。",
)  # fmt: skip
SQUARE = Story(
    "hardship", "老电影院宿舍化粪池外溢，住户联名请求改造",
    "老电影院宿舍化粪池每逢下雨就外溢，院子里没法下脚，二十多户联名请求改造管网。",
    "寨阳乡老电影院", "zhaiyang", "zhaiyang-huanjing",
    "清掏化粪池并更换排水管45米，加盖新井盖6个，雨后复查没有外溢。",
    "化粪池已清掏，排水管已更换。",
)  # fmt: skip
NIGHT_MARKET = Story(
    "hardship", "人民路夜市占道扰民，沿街住户联名反映",
    "人民路夜市摊位摆到楼道口，凌晨两点还在吵，沿街住户联名请求划定区域和收摊时间。",
    "峒河街道人民路", "chengguan", "chengguan-zhandao",
    "划定摊位线，规定23时收摊，每晚两班值守。", "已划线定时，每晚值守。",
)  # fmt: skip
